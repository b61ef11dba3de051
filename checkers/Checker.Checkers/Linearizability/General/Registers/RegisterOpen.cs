using System.Runtime.CompilerServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>What is open at the current event: which slots hold what, and how many unfinished operations of each class there are.</summary>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal sealed class RegisterOpen<TMask>
    where TMask : struct, ISlotMask<TMask>
{
    private readonly RegisterOperations _operations;
    private TMask[] _readsOf = []; // by value
    private TMask[] _missesOf = [];
    private TMask[] _writesOf = [];
    private TMask[] _swapsFrom = [];
    private TMask[] _swapsTo = [];
    private int[] _writeClass = []; // by value: the living class of unfinished writes, or −1
    private int[] _rowAt = []; // by slot
    private int[] _invoked = []; // by class
    private int[] _place = []; // by value, in Written
    private readonly List<int> _written = [];
    private readonly List<int> _swapClasses = [];
    private int _closing;

    /// <summary>What is open of some operations.</summary>
    /// <param name="operations">The operations; loaded anew for each register.</param>
    public RegisterOpen(RegisterOperations operations) => _operations = operations;

    /// <summary>Starts before the first event of the register that was loaded.</summary>
    public void Begin()
    {
        var values = _operations.Values.Count;
        Reused.Prepare(ref _readsOf, values, default);
        Reused.Prepare(ref _missesOf, values, default);
        Reused.Prepare(ref _writesOf, values, default);
        Reused.Prepare(ref _swapsFrom, values, default);
        Reused.Prepare(ref _swapsTo, values, default);
        Reused.Prepare(ref _writeClass, values, -1);
        Reused.Prepare(ref _place, values, -1);
        Reused.Reserve(ref _rowAt, _operations.SlotCount);
        Reused.Prepare(ref _invoked, _operations.Unfinished.Count, 0);
        _written.Clear();
        _swapClasses.Clear();
        (Writes, Swaps, Misses, _closing) = (default, default, default, 0);
    }

    /// <summary>The slots of finished writes.</summary>
    public TMask Writes { get; private set; }

    /// <summary>The slots of finished compare-and-sets.</summary>
    public TMask Swaps { get; private set; }

    /// <summary>The slots of misses.</summary>
    public TMask Misses { get; private set; }

    /// <summary>The values that some open write leaves, finished or not.</summary>
    public List<int> Written => _written;

    /// <summary>The living classes of unfinished compare-and-sets.</summary>
    public List<int> SwapClasses => _swapClasses;

    /// <summary>The finished reads that find a value.</summary>
    public ref readonly TMask ReadsOf(int value) => ref _readsOf[value];

    /// <summary>The misses that a value does not satisfy.</summary>
    public ref readonly TMask MissesOf(int value) => ref _missesOf[value];

    /// <summary>The finished writes of a value.</summary>
    public ref readonly TMask WritesOf(int value) => ref _writesOf[value];

    /// <summary>The finished compare-and-sets that find a value.</summary>
    public ref readonly TMask SwapsFrom(int value) => ref _swapsFrom[value];

    /// <summary>The finished compare-and-sets that leave a value.</summary>
    public ref readonly TMask SwapsTo(int value) => ref _swapsTo[value];

    /// <summary>The living class of unfinished writes of a value, or −1.</summary>
    public int WriteClass(int value) => _writeClass[value];

    /// <summary>How many members of a class were invoked.</summary>
    public int Invoked(int number) => _invoked[number];

    /// <summary>How many members of a class that lives were invoked and have not taken effect.</summary>
    /// <param name="number">The class.</param>
    /// <param name="counts">How many of each living class have.</param>
    public int Left(int number, ReadOnlySpan<int> counts) => _invoked[number] - counts[_operations.Unfinished.Counter(number)];

    /// <summary>The row that is open in a slot.</summary>
    public int RowAt(int slot) => _rowAt[slot];

    /// <summary>Of some slots, the row that returns first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int First(TMask slots)
    {
        var first = -1;
        for (; !slots.IsEmpty; slots -= TMask.Of(slots.Lowest))
        {
            var row = _rowAt[slots.Lowest];
            if (first < 0 || _operations.Returns[row] < _operations.Returns[first]) first = row;
        }

        return first;
    }

    /// <summary>Goes back to what was open before an event, from before another.</summary>
    public void Rewind(int from, int to)
    {
        var closings = _operations.Unfinished.Closings;
        for (var position = from - 1; position >= to; position--)
        {
            while (_closing > 0 && closings[_closing - 1].Event == position) OpenClass(closings[--_closing].Class);
            var e = _operations.Events[position];
            if (e < 0) Invoke(~e);
            else if (_operations.Returns[e] != KeyHistory.Never) Return(e);
            else if (--_invoked[_operations.Unfinished.Of(e)] == 0) CloseClassOf(_operations.Unfinished.Of(e));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Invoke(int row)
    {
        if (_operations.Returns[row] == KeyHistory.Never)
        {
            var number = _operations.Unfinished.Of(row);
            if (_invoked[number]++ == 0) OpenClass(number);
            return;
        }

        var slot = TMask.Of(_operations.Slots[row]);
        _rowAt[_operations.Slots[row]] = row;
        switch (_operations.Actions[row])
        {
            case RegisterAction.Read: _readsOf[_operations.Operand[row]] |= slot; break;
            case RegisterAction.Miss:
                Misses |= slot;
                _missesOf[_operations.Operand[row]] |= slot;
                break;
            case RegisterAction.Write:
                Writes |= slot;
                _writesOf[_operations.Result[row]] |= slot;
                NoteWritten(_operations.Result[row]);
                break;
            default:
                Swaps |= slot;
                _swapsFrom[_operations.Operand[row]] |= slot;
                _swapsTo[_operations.Result[row]] |= slot;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Return(int row)
    {
        var slot = TMask.Of(_operations.Slots[row]);
        switch (_operations.Actions[row])
        {
            case RegisterAction.Read: _readsOf[_operations.Operand[row]] -= slot; break;
            case RegisterAction.Miss:
                Misses -= slot;
                _missesOf[_operations.Operand[row]] -= slot;
                break;
            case RegisterAction.Write:
                Writes -= slot;
                _writesOf[_operations.Result[row]] -= slot;
                ForgetWritten(_operations.Result[row]);
                break;
            default:
                Swaps -= slot;
                _swapsFrom[_operations.Operand[row]] -= slot;
                _swapsTo[_operations.Result[row]] -= slot;
                break;
        }
    }

    /// <summary>Ends the next class that ends after an event: its number, or −1 if no further one does.</summary>
    public int CloseClass(int position)
    {
        var closings = _operations.Unfinished.Closings;
        if (_closing == closings.Count || closings[_closing].Event != position) return -1;
        var number = closings[_closing++].Class;
        CloseClassOf(number);
        return number;
    }

    private void OpenClass(int number)
    {
        if (_operations.Unfinished.Operand(number) >= 0)
        {
            _swapClasses.Add(number);
        }
        else
        {
            var value = _operations.Unfinished.Result(number);
            _writeClass[value] = number;
            NoteWritten(value);
        }
    }

    private void CloseClassOf(int number)
    {
        if (_operations.Unfinished.Operand(number) >= 0)
        {
            _swapClasses.Remove(number);
        }
        else
        {
            var value = _operations.Unfinished.Result(number);
            _writeClass[value] = -1;
            ForgetWritten(value);
        }
    }

    private void NoteWritten(int value)
    {
        if (_place[value] >= 0) return;
        _place[value] = _written.Count;
        _written.Add(value);
    }

    private void ForgetWritten(int value)
    {
        if (!_writesOf[value].IsEmpty || _writeClass[value] >= 0) return;
        var place = _place[value];
        var last = _written[^1];
        _written[place] = last;
        _place[last] = place;
        _written.RemoveAt(_written.Count - 1);
        _place[value] = -1;
    }
}
