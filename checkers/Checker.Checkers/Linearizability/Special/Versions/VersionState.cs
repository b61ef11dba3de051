namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// The registers after some operations were placed, one after another; the last ones can be taken back. A version that somebody still has to find is never
/// replaced, so which operations were placed tells everything that matters.
/// </summary>
internal sealed class VersionState
{
    private readonly VersionHistory _history;
    private readonly VersionBounds _bounds;
    private readonly bool[] _placed;
    private readonly int[] _unread; // by version: how many still have to find it
    private readonly int[] _current; // by register: its version
    private readonly int[] _met; // by operation: how many of the versions that it found have been there
    private readonly int[] _next; // by register: up to there all that was written there has been placed
    private readonly List<int> _order = [];
    private readonly List<int> _replaced = []; // what to restore when placed operations are taken back
    private readonly List<int> _passed = [];

    public VersionState(VersionHistory history, VersionBounds bounds)
    {
        _history = history;
        _bounds = bounds;
        _placed = new bool[history.Count];
        _unread = new int[history.Versions];
        _current = [.. Enumerable.Range(0, history.Registers)];
        _met = new int[history.Count];
        _next = new int[history.Registers];
        for (var version = 0; version < _unread.Length; version++) _unread[version] = history.Readers[version].Length;
        foreach (var version in _current)
        {
            foreach (var reader in history.Readers[version]) _met[reader]++;
        }
    }

    /// <summary>The operations placed, first to last.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>Whether an operation was placed.</summary>
    public bool IsPlaced(int operation) => _placed[operation];

    /// <summary>Whether an operation that was not placed can be: what it found is there, and nobody still needs what it replaces.</summary>
    public bool IsPossible(int operation)
    {
        if (_met[operation] < _history.Reads[operation].Length) return false;
        foreach (var version in _history.Writes[operation])
        {
            var current = _current[_history.Register[version]];
            if (_unread[current] > (current == _history.Replaced[version] ? 1 : 0)) return false;
        }

        return true;
    }

    /// <summary>
    /// Whether a possible operation can be placed without a choice: in whatever order there is, it can be moved to this place. It can if nobody finds what it
    /// writes, or if whatever else is written to the register has to come after it.
    /// </summary>
    public bool IsFree(int operation)
    {
        foreach (var version in _history.Writes[operation])
        {
            if (_history.Readers[version].Length > 0 && HasRival(version)) return false;
        }

        return true;
    }

    /// <summary>Places a possible operation.</summary>
    public void Place(int operation)
    {
        _placed[operation] = true;
        _order.Add(operation);
        foreach (var version in _history.Reads[operation]) _unread[version]--;
        foreach (var version in _history.Writes[operation])
        {
            var register = _history.Register[version];
            _replaced.Add(_current[register]);
            _passed.Add(_next[register]);
            _current[register] = version;
            foreach (var reader in _history.Readers[version]) _met[reader]++;
            var written = _history.Written[register];
            while (_next[register] < written.Length && _placed[_history.Writer[written[_next[register]]]]) _next[register]++;
        }
    }

    /// <summary>Takes back what was placed last, until so many operations are left.</summary>
    public void TakeBack(int count)
    {
        while (_order.Count > count)
        {
            var operation = _order[^1];
            _order.RemoveAt(_order.Count - 1);
            _placed[operation] = false;
            foreach (var version in _history.Reads[operation]) _unread[version]++;
            var writes = _history.Writes[operation];
            for (var i = writes.Length - 1; i >= 0; i--)
            {
                var register = _history.Register[writes[i]];
                foreach (var reader in _history.Readers[writes[i]]) _met[reader]--;
                (_current[register], _next[register]) = (_replaced[^1], _passed[^1]);
                _replaced.RemoveAt(_replaced.Count - 1);
                _passed.RemoveAt(_passed.Count - 1);
            }
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
        if (_met[operation] < _history.Reads[operation].Length)
        {
            foreach (var version in _history.Reads[operation])
            {
                if (_current[_history.Register[version]] != version && !Add(_history.Writer[version])) return false;
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

    // What is written to the same register and has to come earlier.
    private bool AddEarlier(int version, int gap, List<int> needed)
    {
        var chain = _bounds.ChainOf(version);
        var begin = _bounds.BeginOf(chain);
        foreach (var other in _history.Written[_history.Register[version]][_next[_history.Register[version]]..])
        {
            var writer = _history.Writer[other];
            if (_history.First[writer] >= begin) break;
            if (_placed[writer] || _bounds.ChainOf(other) == chain || _bounds.EndOf(_bounds.ChainOf(other)) > begin) continue;
            needed.Add(writer);
            if (_bounds.First[writer] > gap) return false;
        }

        return true;
    }

    // Whether something else may be written to the register before a version is.
    private bool HasRival(int version)
    {
        var register = _history.Register[version];
        var chain = _bounds.ChainOf(version);
        var end = _bounds.EndOf(chain);
        foreach (var other in _history.Written[register][_next[register]..])
        {
            var writer = _history.Writer[other];
            if (_history.First[writer] >= end) break;
            if (!_placed[writer] && other != version && _bounds.ChainOf(other) != chain && _bounds.BeginOf(_bounds.ChainOf(other)) < end) return true;
        }

        return false;
    }
}
