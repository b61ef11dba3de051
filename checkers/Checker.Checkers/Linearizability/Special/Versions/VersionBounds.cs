using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// When each operation can take effect, as far as order alone tells. A write comes before those who found it; versions of a register that were replaced by
/// compare-and-set hang together in a chain; and of two chains of a register the one of which something must have happened before something of the other may
/// is over before the other begins.
/// </summary>
/// <remarks>
/// A relaxation: whoever finds no room proves that there is no order, but an order need not exist. The rule for two chains is that of the zones of Gibbons and
/// Korach, "Testing shared memories", SICOMP 1997, here applied again and again to narrower times. Each round is O(n log n) for n reads and writes.
/// </remarks>
internal sealed class VersionBounds
{
    private const int MostRounds = 64;

    private readonly VersionHistory _history;
    private readonly int[] _chain; // of each version: one of its chain
    private readonly int[] _ends; // of each chain: before that something of it has happened
    private readonly int[] _begins; // of each chain: something of it happens then or later
    private bool _changed;

    /// <summary>Narrows the times until nothing changes, or long enough.</summary>
    /// <param name="history">The operations.</param>
    /// <param name="narrow">Whether to do so; otherwise only operations of unknown outcome get an end, and all other times are those of the history.</param>
    public VersionBounds(VersionHistory history, bool narrow = true)
    {
        _history = history;
        First = narrow ? [.. history.First] : history.First;
        Last = narrow || history.Unknown.Contains(true) ? [.. history.Last] : history.Last;
        _chain = Chains(history);
        _ends = new int[history.Versions];
        _begins = new int[history.Versions];
        IsNarrow = narrow;
        if (!narrow) NarrowUnknown();
        Impossible = narrow ? Narrow() : -1;
        MeasureChains();
    }

    /// <summary>Whether the times were narrowed.</summary>
    public bool IsNarrow { get; }

    /// <summary>Whether every operation has room.</summary>
    public bool IsPossible => Impossible < 0;

    /// <summary>An operation that has no room; −1 if there is none.</summary>
    public int Impossible { get; }

    /// <summary>The first gap in which each operation may take effect.</summary>
    public int[] First { get; }

    /// <summary>The gap behind the last one.</summary>
    public int[] Last { get; }

    /// <summary>Whether an operation need not have happened; its time is then narrowed for the case that it has.</summary>
    public bool IsOptional(int operation) => _history.IsOptional(operation);

    /// <summary>The chain of a version, as the number of one of its versions.</summary>
    public int ChainOf(int version) => _chain[version];

    /// <summary>The gap before which something of a chain has happened; −1 if it was there at first.</summary>
    public int EndOf(int chain) => _ends[chain];

    /// <summary>The gap in which, or after which, something of a chain happens.</summary>
    public int BeginOf(int chain) => _begins[chain];

    // Whoever never returned and was found has happened by the time at which the first who found it returns.
    private void NarrowUnknown()
    {
        for (var operation = 0; operation < _history.Count; operation++)
        {
            if (!_history.Unknown[operation]) continue;
            foreach (var version in _history.Writes[operation])
            {
                foreach (var reader in _history.Readers[version]) NotAfter(operation, Last[reader]);
            }
        }
    }

    private int Narrow()
    {
        int[] all = [.. Enumerable.Range(0, _history.Versions)];
        int[] heads = [.. all.Where(version => _chain[version] == version)];
        var versions = Lists.Of(all.Length, _chain, all); // of each chain
        var chains = Lists.Of(_history.Registers, Array.ConvertAll(heads, head => _history.Register[head]), heads); // of each register
        for (var round = 0; round < MostRounds; round++)
        {
            _changed = false;
            AlongReads();
            MeasureChains();
            for (var register = 0; register < chains.Count; register++) OrderChains(chains[register], versions);
            for (var operation = 0; operation < _history.Count; operation++)
            {
                if (First[operation] >= Last[operation]) return operation;
            }

            if (!_changed) break;
        }

        return -1;
    }

    private void AlongReads()
    {
        for (var version = 0; version < _history.Versions; version++)
        {
            var writer = _history.Writer[version];
            if (writer >= 0)
            {
                foreach (var reader in _history.Readers[version]) Precedes(writer, reader);
            }

            // Who else found what was replaced did so before.
            if (_history.Replaced[version] is not (>= 0 and var replaced)) continue;
            foreach (var reader in _history.Readers[replaced])
            {
                if (reader != writer) Precedes(reader, writer);
            }
        }

        for (var doubt = 0; doubt < _history.Doubtful.Length; doubt++)
        {
            var earliest = int.MaxValue;
            foreach (var version in _history.Candidates[doubt])
                earliest = Math.Min(earliest, _history.Writer[version] is >= 0 and var writer ? First[writer] : 0);
            NotBefore(_history.Doubtful[doubt], earliest);
        }
    }

    private void Precedes(int one, int other)
    {
        NotBefore(other, First[one]);
        NotAfter(one, Last[other]);
    }

    private void NotBefore(int operation, int gap)
    {
        if (First[operation] >= gap) return;
        First[operation] = gap;
        _changed = true;
    }

    private void NotAfter(int operation, int gap)
    {
        if (Last[operation] <= gap || IsOptional(operation)) return; // whoever need not have happened makes nobody wait
        Last[operation] = gap;
        _changed = true;
    }

    private void MeasureChains()
    {
        foreach (var chain in _chain)
        {
            _ends[chain] = int.MaxValue;
            _begins[chain] = -1;
        }

        for (var version = 0; version < _history.Versions; version++)
        {
            var chain = _chain[version];
            if (_history.Writer[version] is >= 0 and var writer) Measure(chain, writer);
            else _ends[chain] = -1;
            foreach (var reader in _history.Readers[version]) Measure(chain, reader);
        }
    }

    private void Measure(int chain, int operation)
    {
        _ends[chain] = Math.Min(_ends[chain], Last[operation]);
        _begins[chain] = Math.Max(_begins[chain], First[operation]);
    }

    private void OrderChains(ReadOnlySpan<int> chains, Lists versions)
    {
        if (chains.Length < 2) return;
        using var entries = new Rented<long>(chains.Length);
        using var best = new Rented<Best>(chains.Length);
        var sorted = entries.Span;
        var bests = best.Span;
        for (var i = 0; i < sorted.Length; i++) sorted[i] = PositionSort.Entry(_ends[chains[i]], chains[i]);
        PositionSort.Sort(sorted);
        var latest = new Best(-1, -1, -1);
        for (var i = 0; i < sorted.Length; i++)
        {
            var chain = PositionSort.NumberOf(sorted[i]);
            bests[i] = latest = latest.With(_begins[chain], chain);
        }

        foreach (var chain in chains)
        {
            var before = PositionSort.CountUpTo(sorted, _begins[chain]);
            if (before > 0 && bests[before - 1].Without(chain) is >= 0 and var gap) AllNotBefore(versions[chain], gap);
        }

        for (var i = 0; i < sorted.Length; i++) sorted[i] = PositionSort.Entry(_begins[chains[i]], chains[i]);
        PositionSort.Sort(sorted);
        latest = new Best(int.MinValue, -1, int.MinValue);
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            var chain = PositionSort.NumberOf(sorted[i]);
            bests[i] = latest = latest.With(-_ends[chain], chain);
        }

        foreach (var chain in chains)
        {
            var before = PositionSort.CountUpTo(sorted, _ends[chain] - 1);
            if (before < sorted.Length && bests[before].Without(chain) is > int.MinValue and var gap) AllNotAfter(versions[chain], -gap);
        }
    }

    private void AllNotBefore(ReadOnlySpan<int> versions, int gap)
    {
        foreach (var version in versions)
        {
            if (_history.Writer[version] is >= 0 and var writer) NotBefore(writer, gap);
        }
    }

    private void AllNotAfter(ReadOnlySpan<int> versions, int gap)
    {
        foreach (var version in versions)
        {
            if (_history.Writer[version] is >= 0 and var writer) NotAfter(writer, gap);
            foreach (var reader in _history.Readers[version]) NotAfter(reader, gap);
        }
    }

    private static int[] Chains(VersionHistory history)
    {
        int[] chain = [.. Enumerable.Range(0, history.Versions)];
        for (var version = 0; version < chain.Length; version++)
        {
            if (history.Replaced[version] is >= 0 and var replaced) chain[Root(version)] = Root(replaced);
        }

        for (var version = 0; version < chain.Length; version++) chain[version] = Root(version);
        return chain;

        int Root(int version)
        {
            while (chain[version] != version) version = chain[version] = chain[chain[version]];
            return version;
        }
    }

    /// <summary>The greatest number of several chains, and the greatest of the others.</summary>
    private readonly record struct Best(int Greatest, int Chain, int Next)
    {
        public Best With(int number, int chain) => number > Greatest ? new(number, chain, Greatest) : this with { Next = Math.Max(Next, number) };

        public int Without(int chain) => chain == Chain ? Next : Greatest;
    }
}
