namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// The registers after some operations were placed, one after another; the last one can be taken back. A version that somebody still has to find is never
/// replaced, so which operations were placed tells everything that matters, but for doubts: there it also counts what is in the register
/// (<see cref="AddClaimed"/>).
/// </summary>
internal sealed class VersionState
{
    private readonly VersionHistory _history;
    private readonly VersionBounds _bounds;
    private readonly bool[] _placed;
    private readonly int[] _unread; // by version: how many still have to find it and can find nothing else
    private readonly int[] _claimed; // by version: how many doubts of operations to be placed it is a candidate of
    private readonly int[] _left; // by doubt: how many candidates were not replaced
    private readonly int[] _current; // by register: its version
    private readonly int[] _missing; // by operation: how much of what it found is not there, and has not been
    private readonly int[] _next; // by version: the next of its register that was not placed; of the first version: the first such
    private readonly int[] _previous;
    private readonly int[] _disputed; // registers with doubts
    private readonly List<int> _order;
    private readonly List<int> _replaced; // what to restore when placed operations are taken back

    public VersionState(VersionHistory history, VersionBounds bounds)
    {
        _history = history;
        _bounds = bounds;
        _order = new List<int>(history.Count);
        _replaced = new List<int>(history.Versions);
        _placed = new bool[history.Count];
        _unread = new int[history.Versions];
        _claimed = new int[history.Versions];
        _left = new int[history.Doubtful.Length];
        _current = [.. Enumerable.Range(0, history.Registers)];
        _missing = new int[history.Count];
        for (var operation = 0; operation < _missing.Length; operation++)
            _missing[operation] = history.Reads[operation].Length + history.Doubts[operation].Length;
        _next = new int[history.Versions];
        _previous = new int[history.Versions];
        for (var version = 0; version < _unread.Length; version++)
        {
            _unread[version] = history.Readers[version].Length;
            _claimed[version] = history.Claims[version].Length;
        }

        var disputed = new bool[history.Registers];
        for (var doubt = 0; doubt < _left.Length; doubt++)
        {
            _left[doubt] = history.Candidates[doubt].Length;
            disputed[history.Register[history.Candidates[doubt][0]]] = true;
        }

        _disputed = [.. _current.Where(register => disputed[register])];
        foreach (var version in _current)
        {
            Appears(version, 1);
            Link(version);
        }
    }

    /// <summary>The operations placed, first to last.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>Whether an operation was placed.</summary>
    public bool IsPlaced(int operation) => _placed[operation];

    /// <summary>Whether an operation that was not placed can be: what it found is there, and nobody still needs what it replaces.</summary>
    public bool IsPossible(int operation)
    {
        if (_missing[operation] > 0) return false;
        foreach (var version in _history.Writes[operation])
        {
            var current = _current[_history.Register[version]];
            if (_unread[current] == 0) continue;
            var isFound = current == _history.Replaced[version] || (DoubtOf(operation, current) is >= 0 and var own && _left[own] == 1);
            if (_unread[current] > 1 || !isFound) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether a possible operation can be placed without a choice: in whatever order there is, it can be moved to this place. It can if nobody may find what
    /// it replaces, and if nobody finds what it writes, or whatever else is written to the register has to come after it.
    /// </summary>
    public bool IsFree(int operation)
    {
        foreach (var version in _history.Writes[operation])
        {
            var current = _current[_history.Register[version]];
            if (_claimed[current] > 0 && _claimed[current] > (DoubtOf(operation, current) >= 0 ? 1 : 0)) return false;
            if ((_history.Readers[version].Length > 0 || _claimed[version] > 0) && HasRival(version)) return false;
        }

        return true;
    }

    /// <summary>Whether an operation need not be placed: it need not have happened, and nobody to be placed can find what it wrote.</summary>
    public bool IsUseless(int operation)
    {
        if (!_bounds.IsOptional(operation)) return false;
        foreach (var version in _history.Writes[operation])
        {
            if (_claimed[version] > 0) return false;
        }

        return true;
    }

    /// <summary>Places a possible operation.</summary>
    /// <returns>Whether others may be possible now, or free, that were not.</returns>
    public bool Place(int operation)
    {
        _placed[operation] = true;
        _order.Add(operation);
        var doubts = _history.Doubts[operation];
        var writes = _history.Writes[operation];
        var opens = doubts.Length + writes.Length > 0;
        foreach (var version in _history.Reads[operation]) opens |= --_unread[version] <= 1; // whoever replaces it may be the one who still has to find it
        foreach (var doubt in doubts) Claim(doubt, -1);
        foreach (var version in writes)
        {
            var register = _history.Register[version];
            var replaced = _current[register];
            _replaced.Add(replaced);
            AppearsToDoubts(replaced, -1); // those who certainly found it were placed
            Lose(replaced, version);
            _current[register] = version;
            Appears(version, 1);
            _next[_previous[version]] = _next[version];
            if (_next[version] >= 0) _previous[_next[version]] = _previous[version];
        }

        return opens;
    }

    /// <summary>Takes back what was placed last, and says what that was.</summary>
    public int TakeBack()
    {
        var operation = _order[^1];
        _order.RemoveAt(_order.Count - 1);
        var writes = _history.Writes[operation];
        for (var i = writes.Length - 1; i >= 0; i--)
        {
            var version = writes[i];
            var replaced = _replaced[^1];
            _replaced.RemoveAt(_replaced.Count - 1);
            if (_next[version] >= 0) _previous[_next[version]] = version;
            _next[_previous[version]] = version;
            Appears(version, -1);
            _current[_history.Register[version]] = replaced;
            Regain(replaced, version);
            AppearsToDoubts(replaced, 1);
        }

        foreach (var doubt in _history.Doubts[operation]) Claim(doubt, 1);
        foreach (var version in _history.Reads[operation]) _unread[version]++;
        _placed[operation] = false;
        return operation;
    }

    /// <summary>
    /// Adds the versions in registers that doubts of operations to be placed may find: together with which operations were placed that is all that matters.
    /// </summary>
    public void AddClaimed(List<int> versions)
    {
        foreach (var register in _disputed)
        {
            if (_claimed[_current[register]] > 0) versions.Add(_current[register]);
        }
    }

    /// <summary>
    /// Adds to a list what certainly has to be placed before an operation that is neither placed nor possible, one step back: whoever writes what it found,
    /// whoever still has to find what it replaces, and what is written to its registers and cannot come later.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="gap">The gap in which it would be placed.</param>
    /// <param name="needed">The list.</param>
    /// <returns>False if something of that cannot be placed yet.</returns>
    public bool AddNeeded(int operation, int gap, List<int> needed)
    {
        if (_missing[operation] > 0)
        {
            foreach (var version in _history.Reads[operation])
            {
                if (_current[_history.Register[version]] != version && !Add(_history.Writer[version])) return false;
            }

            foreach (var doubt in _history.Doubts[operation])
            {
                if (_left[doubt] == 1 && !IsCandidate(doubt, CurrentOf(doubt)) && !Add(_history.Writer[LastOf(doubt, -1)])) return false;
            }
        }

        foreach (var version in _history.Writes[operation])
        {
            var current = _current[_history.Register[version]];
            if (_unread[current] > 0)
            {
                foreach (var reader in _history.Readers[current])
                {
                    if (reader != operation && !_placed[reader] && !Add(reader)) return false;
                }

                foreach (var doubt in _history.Claims[current])
                {
                    var reader = _history.Doubtful[doubt];
                    if (_left[doubt] == 1 && reader != operation && !_placed[reader] && !Add(reader)) return false;
                }
            }

            if (_history.Readers[version].Length > 0 && !AddEarlier(version, gap, needed)) return false;
        }

        return true;

        bool Add(int other)
        {
            needed.Add(other);
            return _bounds.First[other] <= gap;
        }
    }

    /// <summary>Adds to a list who may have written what an operation found and is not there, where that is not certain.</summary>
    public void AddHelpful(int operation, List<int> helpful)
    {
        foreach (var doubt in _history.Doubts[operation])
        {
            if (IsCandidate(doubt, CurrentOf(doubt))) continue;
            foreach (var version in _history.Candidates[doubt])
            {
                if (_history.Writer[version] is >= 0 and var writer && !_placed[writer]) helpful.Add(writer);
            }
        }
    }

    // The versions of a register that are to be placed, in a list behind its first version.
    private void Link(int register)
    {
        var last = register;
        foreach (var version in _history.Written[register])
        {
            if (_history.IsIdle(_history.Writer[version])) continue;
            (_next[last], _previous[version]) = (version, last);
            last = version;
        }

        _next[last] = -1;
    }

    private void Appears(int version, int times)
    {
        foreach (var reader in _history.Readers[version]) _missing[reader] -= times;
        AppearsToDoubts(version, times);
    }

    private void AppearsToDoubts(int version, int times)
    {
        foreach (var doubt in _history.Claims[version]) _missing[_history.Doubtful[doubt]] -= times;
    }

    private void Claim(int doubt, int times)
    {
        foreach (var version in _history.Candidates[doubt]) _claimed[version] += times;
        if (_left[doubt] == 1) _unread[CurrentOf(doubt)] += times;
    }

    private void Lose(int replaced, int version)
    {
        foreach (var doubt in _history.Claims[replaced])
        {
            if (!_placed[_history.Doubtful[doubt]] && --_left[doubt] == 1) _unread[LastOf(doubt, version)]++;
        }
    }

    private void Regain(int replaced, int version)
    {
        foreach (var doubt in _history.Claims[replaced])
        {
            if (!_placed[_history.Doubtful[doubt]] && _left[doubt]++ == 1) _unread[LastOf(doubt, version)]--;
        }
    }

    private int CurrentOf(int doubt) => _current[_history.Register[_history.Candidates[doubt][0]]];

    private bool IsCandidate(int doubt, int version) => _history.Candidates[doubt].Contains(version);

    // The only candidate that was not replaced: one that is to be placed, or the one that is being placed.
    private int LastOf(int doubt, int version)
    {
        foreach (var candidate in _history.Candidates[doubt])
        {
            if (candidate == version || (_history.Writer[candidate] is >= 0 and var writer && !_placed[writer])) return candidate;
        }

        throw new InvalidOperationException("a doubt without a candidate");
    }

    // The doubt of an operation that finds a version; −1 if there is none.
    private int DoubtOf(int operation, int version)
    {
        foreach (var doubt in _history.Doubts[operation])
        {
            if (IsCandidate(doubt, version)) return doubt;
        }

        return -1;
    }

    // What is written to the same register and has to come earlier.
    private bool AddEarlier(int version, int gap, List<int> needed)
    {
        var chain = _bounds.ChainOf(version);
        var begin = _bounds.BeginOf(chain);
        for (var other = _next[_history.Register[version]]; other >= 0; other = _next[other])
        {
            var writer = _history.Writer[other];
            if (_history.First[writer] >= begin) break;
            if (_bounds.ChainOf(other) == chain || _bounds.EndOf(_bounds.ChainOf(other)) > begin) continue;
            needed.Add(writer);
            if (_bounds.First[writer] > gap) return false;
        }

        return true;
    }

    // Whether something else may be written to the register before a version is.
    private bool HasRival(int version)
    {
        var chain = _bounds.ChainOf(version);
        var end = _bounds.EndOf(chain);
        for (var other = _next[_history.Register[version]]; other >= 0; other = _next[other])
        {
            var writer = _history.Writer[other];
            if (_history.First[writer] >= end) break;
            if (other != version && _bounds.ChainOf(other) != chain && _bounds.BeginOf(_bounds.ChainOf(other)) < end && !IsUseless(writer)) return true;
        }

        return false;
    }
}
