using System.Runtime.CompilerServices;
using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Finds every way to settle an operation that is about to return: which open operations are placed before it, in all orders that matter.
/// </summary>
/// <remarks>
/// If asked it looks first for ways that place nothing but what the operation needs, for what waits for something else can be served later, together
/// with what begins until then. With a width it looks next for ways that spend no unfinished operation more than needed: each round spends one more. The rounds end
/// as soon as there is a choice. Finished operations come first because they are lost when they return, and unfinished ones are not.
/// </remarks>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal sealed class RegisterExpansion<TMask>
    where TMask : struct, ISlotMask<TMask>
{
    private const int SeenPerKept = 16; // with a width: how many configurations one return may lead through, for each that is kept
    private const int KeptPerWay = 8; // with a width: so many can be kept for each way that must be found before the rounds end

    private readonly RegisterOperations _operations;
    private readonly RegisterOpen<TMask> _open;
    private readonly RegisterOutlook<TMask> _outlook;
    private readonly MoveLog _moves;
    private readonly RegisterNeeds<TMask> _needs;
    private StepMeter _meter = null!;
    private bool _looksAhead;
    private int[] _counts = [];
    private RegisterConfigurations<TMask> _next = null!;
    private int _most; // configurations that the current return may lead through
    private int _row;
    private TMask _slot;
    private int _position;

    /// <summary>An expansion.</summary>
    /// <param name="operations">The operations.</param>
    /// <param name="open">What is open; kept up to date by the caller.</param>
    /// <param name="outlook">Which configurations lead nowhere; asked where a width is given.</param>
    /// <param name="moves">Where moves are noted.</param>
    public RegisterExpansion(RegisterOperations operations, RegisterOpen<TMask> open, RegisterOutlook<TMask> outlook, MoveLog moves)
    {
        _operations = operations;
        _open = open;
        _outlook = outlook;
        _moves = moves;
        _needs = new RegisterNeeds<TMask>(operations, open);
    }

    /// <summary>Starts with the register that was loaded.</summary>
    /// <param name="meter">Counts steps.</param>
    public void Begin(StepMeter meter)
    {
        _meter = meter;
        var counters = _operations.Unfinished.CounterCount;
        if (_counts.Length != counters) _counts = new int[counters];
        _needs.Begin();
        Seen.Begin(counters);
    }

    /// <summary>The configurations in which the returning operation is not settled: those given, and those passed through.</summary>
    public RegisterConfigurations<TMask> Seen { get; } = new();

    /// <summary>Whether the last return left ways out.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Settles an operation.</summary>
    /// <param name="row">The operation.</param>
    /// <param name="position">The event at which it returns.</param>
    /// <param name="frontier">The configurations before; not changed.</param>
    /// <param name="next">Becomes the configurations after.</param>
    /// <param name="width">How many will be kept; <see cref="int.MaxValue"/> for all.</param>
    /// <param name="direct">Whether to leave it at what the operation needs, if that gives enough.</param>
    /// <returns>Which budget is spent, or null.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string? Settle(int row, int position, RegisterConfigurations<TMask> frontier, RegisterConfigurations<TMask> next, int width, bool direct)
    {
        (_row, _slot, _position, _next, Truncated) = (row, TMask.Of(_operations.Slots[row]), position, next, false);
        _looksAhead = width < int.MaxValue;
        Seen.Clear();
        Divide(frontier);

        // What is seen is also the work list: it grows behind the one being expanded.
        _most = width == int.MaxValue ? width : Seen.Count + (SeenPerKept * width);
        var enough = width == int.MaxValue ? width : Math.Max(1, width / KeptPerWay);
        for (var number = 0; direct && number < Seen.Count; number++)
        {
            if (_meter.Spent() is { } reason) return reason;
            PlaceDirect(number);
        }

        if (!direct || next.Count < enough) return SettleInRounds(enough);
        Truncated = true;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private string? SettleInRounds(int enough)
    {
        var (number, spending) = (0, 0);
        while (number < Seen.Count)
        {
            for (; number < Seen.Count; number++)
            {
                if (_meter.Spent() is { } reason) return reason;
                PlaceFinished(number);
            }

            if (_counts.Length == 0) return null;
            for (var known = number; spending < known && _next.Count < enough; spending++)
            {
                if (_meter.Spent() is { } reason) return reason;
                PlaceUnfinished(spending);
            }
        }

        Truncated |= spending < number;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Divide(RegisterConfigurations<TMask> frontier)
    {
        for (var i = 0; i < frontier.Count; i++)
        {
            ref var configuration = ref frontier[i];
            if (!(configuration.Due & _slot).IsEmpty)
            {
                Seen.Append(configuration, frontier.Counts(i));
            }
            else if (!(configuration.Optional & _slot).IsEmpty)
            {
                Seen.Append(configuration, frontier.Counts(i));
                var without = configuration;
                without.Optional -= _slot;
                Keep(without, frontier.Counts(i));
            }
            else
            {
                _next.Add(configuration, frontier.Counts(i));
            }
        }
    }

    // Finished writes that lead to what the returning operation needs, or itself; and finished compare-and-sets, which seldom have a choice.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlaceDirect(int number)
    {
        _meter.Steps++;
        var from = Seen[number];
        _needs.FindFor(_row, from);
        foreach (var value in _open.Written)
        {
            if (!_needs[value]) continue;
            var available = (from.Due | from.Optional) & _open.WritesOf(value);
            if (!available.IsEmpty) Place(from, number, _open.First(available), blind: true);
        }

        PlaceSwaps(from, number);
    }

    // Finished writes of values that are due, or the returning one; and finished compare-and-sets.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlaceFinished(int number)
    {
        _meter.Steps++;
        var from = Seen[number];
        var missing = !(from.Due & _open.Misses).IsEmpty;
        foreach (var value in _open.Written)
        {
            var available = (from.Due | from.Optional) & _open.WritesOf(value);
            if (available.IsEmpty) continue;
            var wanted = missing || IsDue(from, value);
            if (!wanted && _operations.Result[_row] != value) continue;
            var row = _open.First(available);
            if (wanted || row == _row) Place(from, number, row, blind: true);
        }

        PlaceSwaps(from, number);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlaceSwaps(in RegisterConfiguration<TMask> from, int number)
    {
        for (var left = from.Due & _open.SwapsFrom(from.Value); !left.IsEmpty;)
        {
            // Of equal ones the first to return.
            var result = _operations.Result[_open.RowAt(left.Lowest)];
            var equal = default(TMask);
            for (var others = left; !others.IsEmpty; others -= TMask.Of(others.Lowest))
            {
                if (_operations.Result[_open.RowAt(others.Lowest)] == result) equal |= TMask.Of(others.Lowest);
            }

            Place(from, number, _open.First(equal), blind: false);
            left -= equal;
        }
    }

    // Unfinished writes where no finished one will do; unfinished compare-and-sets that lead to what is due; and finished writes for these.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PlaceUnfinished(int number)
    {
        _meter.Steps++;
        var from = Seen[number];
        var missing = !(from.Due & _open.Misses).IsEmpty;
        if (_open.SwapClasses.Count > 0) _needs.FindForAll(from, Seen.Counts(number), missing);
        foreach (var value in _open.Written)
        {
            var due = missing || IsDue(from, value);
            if (!due && (_open.SwapClasses.Count == 0 || !_needs[value])) continue;
            var available = (from.Due | from.Optional) & _open.WritesOf(value);
            if (available.IsEmpty)
            {
                if (_open.WriteClass(value) is >= 0 and var unfinished) Spend(from, number, unfinished, blind: true);
            }
            else if (!due)
            {
                Place(from, number, _open.First(available), blind: true);
            }
        }

        foreach (var unfinished in _open.SwapClasses)
        {
            if (_operations.Unfinished.Operand(unfinished) == from.Value && _needs[_operations.Unfinished.Result(unfinished)])
                Spend(from, number, unfinished, blind: false);
        }
    }

    private bool IsDue(in RegisterConfiguration<TMask> from, int value) =>
        !(from.Due & (_open.ReadsOf(value) | _open.SwapsFrom(value))).IsEmpty;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Spend(RegisterConfiguration<TMask> to, int number, int unfinished, bool blind)
    {
        if (_open.Left(unfinished, Seen.Counts(number)) == 0) return;
        var counter = _operations.Unfinished.Counter(unfinished);
        Seen.Counts(number).CopyTo(_counts);
        var row = _operations.Unfinished.Row(unfinished, _counts[counter]++);
        to.CountsHash += CountsHash(counter);
        to.Spent++;
        Place(to, row, blind);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(RegisterConfiguration<TMask> to, int number, int row, bool blind)
    {
        Seen.Counts(number).CopyTo(_counts);
        var slot = TMask.Of(_operations.Slots[row]);
        to.Due -= slot;
        to.Optional -= slot;
        Place(to, row, blind);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Place(RegisterConfiguration<TMask> to, int row, bool blind)
    {
        _meter.Steps++;
        var value = _operations.Result[row];
        var wasDue = !(to.Due & _slot).IsEmpty;
        to.Value = value;
        if (blind)
        {
            var idle = to.Due & _open.Writes;
            to.Optional |= idle;
            to.Due -= idle;
        }

        // Reads of this value settle; misses of any other value do.
        to.Due -= _open.ReadsOf(value);
        if (!_open.Misses.IsEmpty) to.Due -= _open.Misses - _open.MissesOf(value);
        to.Trace = _moves.Add(to.Trace, row, _position);
        var due = !(to.Due & _slot).IsEmpty;
        var optional = !(to.Optional & _slot).IsEmpty;
        if ((due || optional) && Seen.Count < _most) Seen.Add(to, _counts);
        else Truncated |= due || optional;

        // What was placed without settling the returning operation can be placed later just as well.
        if (due || (optional && !wasDue)) return;
        to.Optional -= _slot;
        Keep(to, _counts);
    }

    private void Keep(in RegisterConfiguration<TMask> settled, ReadOnlySpan<int> counts)
    {
        if (!_looksAhead || !_outlook.LosesWhatIsNeeded(settled, counts, _position)) _next.Add(settled, counts);
    }

    /// <summary>What one more of an unfinished class adds to the hash of the counts.</summary>
    public static ulong CountsHash(int counter) => (((ulong)counter * 2) + 1) * 0x9E3779B97F4A7C15UL;
}
