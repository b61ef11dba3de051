namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Concludes which operations must come before which, from real time and what was found, until somebody would have to come before itself. That refutes the
/// history; that there is no such cycle proves nothing, as the order of some writes may have to be chosen.
/// </summary>
/// <remarks>
/// The rules: of two versions of a register the one whose writer comes before a reader of the other is the older one; and who found the older one comes before
/// the writer of the newer. Closures as bit sets, O(n³ / 64) for each round; for few operations only.
/// </remarks>
internal sealed class VersionCycle
{
    /// <summary>The most operations that it takes.</summary>
    public const int MostOperations = 1_024;

    private const int MostRounds = 32;
    private const int Tries = 64; // the shortest of some cycles is short enough

    private readonly VersionHistory _history;
    private readonly int _words;
    private readonly ulong[] _before; // row by row: who comes after each
    private readonly ulong[] _fresh; // the same, for steps of this round
    private readonly List<VersionStep>[] _steps; // but those of real time, by the earlier operation
    private readonly List<VersionStep> _argument = [];
    private readonly HashSet<VersionStep> _argued = [];

    private VersionCycle(VersionHistory history)
    {
        _history = history;
        _words = (history.Count + 63) / 64;
        _before = new ulong[history.Count * _words];
        _fresh = new ulong[_before.Length];
        _steps = new List<VersionStep>[history.Count];
        for (var operation = 0; operation < _steps.Length; operation++) _steps[operation] = [];
    }

    /// <summary>
    /// A cycle and the steps that it rests on; null if none was found. The steps at the end are the cycle, in order; those before are what some of these rest
    /// on, each behind what it rests on itself.
    /// </summary>
    /// <param name="history">The operations.</param>
    /// <param name="length">How many steps at the end are the cycle.</param>
    public static IReadOnlyList<VersionStep>? Of(VersionHistory history, out int length)
    {
        length = 0;
        if (history.Count > MostOperations) return null;
        var cycle = new VersionCycle(history);
        if (!cycle.Conclude()) return null;
        var shortest = cycle.Shortest();
        length = shortest.Count;
        foreach (var step in shortest) cycle.AddGrounds(step);
        return [.. cycle._argument, .. shortest];
    }

    private bool Conclude()
    {
        for (var one = 0; one < _history.Count; one++)
        {
            for (var other = 0; other < _history.Count; other++)
            {
                if (IsBefore(one, other)) Mark(_fresh, one, other);
            }
        }

        for (var version = _history.Registers; version < _history.Versions; version++)
        {
            foreach (var reader in _history.Readers[version]) Add(new(_history.Writer[version], reader, VersionStepKind.ReadsFrom, version, -1, reader, 0));
        }

        for (var round = 1; round <= MostRounds; round++)
        {
            if (Close()) return true;
            var changed = false;
            for (var version = 0; version < _history.Versions; version++)
            {
                foreach (var reader in _history.Readers[version]) changed |= Compare(version, reader, round);
            }

            if (!changed) return false;
        }

        return false;
    }

    // What a reader says about what else was written to the register.
    private bool Compare(int found, int reader, int round)
    {
        var changed = false;
        var writer = _history.Writer[found];
        foreach (var other in _history.Written[_history.Register[found]])
        {
            var rival = _history.Writer[other];
            if (rival == writer || rival == reader) continue;
            if (writer >= 0 && Comes(rival, reader)) changed |= Add(new(rival, writer, VersionStepKind.Older, found, other, reader, round));
            if (writer < 0 || Comes(writer, rival)) changed |= Add(new(reader, rival, VersionStepKind.Newer, found, other, reader, round));
        }

        return changed;
    }

    private bool IsBefore(int one, int other) => _history.Last[one] <= _history.First[other];

    private bool Comes(int one, int other) => IsMarked(_before, one, other);

    private bool IsMarked(ulong[] marks, int one, int other) => (marks[(one * _words) + (other >> 6)] >> other & 1) != 0;

    private void Mark(ulong[] marks, int one, int other) => marks[(one * _words) + (other >> 6)] |= 1UL << other;

    // False if that is known. What is concluded counts from the next round on, so that a step rests on earlier ones only.
    private bool Add(VersionStep step)
    {
        if (Comes(step.From, step.To) || IsMarked(_fresh, step.From, step.To)) return false;
        _steps[step.From].Add(step);
        Mark(_fresh, step.From, step.To);
        return true;
    }

    // Whether somebody comes before itself.
    private bool Close()
    {
        var cyclic = false;
        for (var word = 0; word < _fresh.Length; word++) _before[word] |= _fresh[word];
        for (var middle = 0; middle < _history.Count; middle++)
        {
            var further = _before.AsSpan(middle * _words, _words);
            for (var one = 0; one < _history.Count; one++)
            {
                if (one == middle || !Comes(one, middle)) continue;
                var row = _before.AsSpan(one * _words, _words);
                for (var word = 0; word < row.Length; word++) row[word] |= further[word];
            }
        }

        for (var one = 0; one < _history.Count && !cyclic; one++) cyclic = Comes(one, one);
        return cyclic;
    }

    private List<VersionStep> Shortest()
    {
        var (best, least, tries) = (new List<VersionStep>(), int.MaxValue, 0);
        for (var one = 0; one < _history.Count && tries < Tries; one++)
        {
            if (!Comes(one, one)) continue;
            tries++;
            var path = Path(one, one, int.MaxValue, out var length);
            if (length < least) (best, least) = (path, length);
        }

        return best;
    }

    private void AddGrounds(VersionStep step)
    {
        if (step.Kind is VersionStepKind.RealTime or VersionStepKind.ReadsFrom) return;
        var writer = _history.Writer[step.Found];
        if (writer < 0) return;
        var (from, to) = step.Kind == VersionStepKind.Older ? (step.From, step.Reader) : (writer, step.To);
        foreach (var ground in Path(from, to, step.Round, out _))
        {
            AddGrounds(ground);
            if (_argued.Add(ground)) _argument.Add(ground);
        }
    }

    // The path that takes the fewest words (Dijkstra); only steps concluded before a round.
    private List<VersionStep> Path(int from, int to, int round, out int length)
    {
        var distances = new int[_history.Count];
        var last = new VersionStep[_history.Count];
        var settled = new bool[_history.Count];
        Array.Fill(distances, int.MaxValue);
        for (var (at, distance) = (from, 0); ;)
        {
            foreach (var step in _steps[at])
            {
                if (step.Round < round) Reach(step, distance + 1 + (2 * step.Round));
            }

            for (var other = 0; other < settled.Length; other++)
            {
                if (distances[other] > distance + 1 && IsBefore(at, other)) Reach(new(at, other, VersionStepKind.RealTime, -1, -1, -1, 0), distance + 1);
            }

            at = -1;
            for (var other = 0; other < settled.Length; other++)
            {
                if (!settled[other] && distances[other] != int.MaxValue && (at < 0 || distances[other] < distances[at])) at = other;
            }

            settled[at] = true;
            distance = distances[at];
            if (at == to) break;
        }

        length = distances[to];
        var path = new List<VersionStep>();
        var end = to;
        do
        {
            path.Add(last[end]);
            end = last[end].From;
        }
        while (end != from);
        path.Reverse();
        return path;

        void Reach(VersionStep step, int distance)
        {
            if (settled[step.To] || distances[step.To] <= distance) return;
            (distances[step.To], last[step.To]) = (distance, step);
        }
    }
}
