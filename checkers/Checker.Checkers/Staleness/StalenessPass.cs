using Checker.Checkers.RealTime;
using Checker.Histories;

namespace Checker.Checkers.Staleness;

/// <summary>Measures <see cref="ReadStaleness"/>: finds each read's source, then walks the events once more and counts. O(n).</summary>
internal sealed class StalenessPass(History history, DataType type, CheckOptions options)
{
    private readonly long[] _when = new long[history.EventCount];

    public ReadStaleness Run()
    {
        if (!ReadStaleness.Supports(type)) throw new ArgumentException($"staleness is not defined for {type}", nameof(type));
        if (RegisterTimes.TryBuild(history, options, out var times) is { } reason) return Nothing(reason);
        var sources = ReadSources.Find(times!);
        var (reads, unmeasured) = Reads(sources);
        var writes = new CertainWrites(times!);
        var versions = writes.VersionsBehind(sources, reads);
        var hasTimes = LoadTimes();
        var nanoseconds = hasTimes ? TimesBehind(writes, sources, reads, versions) : [];
        var (deltas, unknown) = new DeltaAtomicity(times!, sources, _when, hasTimes).PerKey();
        return new ReadStaleness(reads, versions, nanoseconds)
        {
            HasTimes = hasTimes,
            Unmeasured = unmeasured,
            Delta = unknown is null ? deltas.Max() ?? 0 : null,
            DeltaReason = unknown,
            Keys = PerKey(reads, versions, nanoseconds, deltas),
            Summary = new StalenessSummary(
                reads.Length,
                versions.Count(static v => v > 0),
                StalenessDistribution.Of(Array.ConvertAll(versions, static v => (long)v)),
                hasTimes ? StalenessDistribution.Of(nanoseconds) : null),
        };
    }

    private static ReadStaleness Nothing(string reason) => new([], [], [])
    {
        HasTimes = false,
        Unmeasured = [],
        Delta = null,
        DeltaReason = reason,
        Keys = [],
        Summary = new StalenessSummary(0, 0, StalenessDistribution.Of([]), null),
    };

    private (int[] Reads, int[] Unmeasured) Reads(ReadSources sources)
    {
        var functions = history.Functions;
        var types = history.Types;
        var reads = new List<int>();
        var unmeasured = new List<int>();
        for (var op = 0; op < history.Count; op++)
        {
            if (functions[op] != Function.Read || types[op] != OperationType.Ok) continue;
            (sources.Source(op) == ReadSources.Nobody ? unmeasured : reads).Add(op);
        }

        return ([.. reads], [.. unmeasured]);
    }

    // The time of each position that is an operation's; never going back. Returns whether all are known.
    private bool LoadTimes()
    {
        Array.Fill(_when, long.MinValue);
        for (var op = 0; op < history.Count; op++)
        {
            if (history.InvokeTime[op] < 0) return false;
            _when[history.Invoke[op]] = history.InvokeTime[op];
            if (history.Complete[op] == History.Never) continue;
            if (history.CompleteTime[op] < 0) return false;
            _when[history.Complete[op]] = history.CompleteTime[op];
        }

        for (var position = 1; position < _when.Length; position++) _when[position] = Math.Max(_when[position], _when[position - 1]);
        return true;
    }

    private long[] TimesBehind(CertainWrites writes, ReadSources sources, int[] reads, int[] versions)
    {
        var behind = new long[reads.Length];
        for (var i = 0; i < reads.Length; i++)
        {
            if (versions[i] == 0) continue;
            var first = writes.FirstEndOfNewer(history.Key[reads[i]], sources.Source(reads[i]));
            behind[i] = _when[history.Invoke[reads[i]]] - _when[first];
        }

        return behind;
    }

    private KeyStaleness[] PerKey(int[] reads, int[] versions, long[] nanoseconds, long?[] deltas)
    {
        var keys = new KeyStaleness?[history.KeyCount];
        for (var i = 0; i < reads.Length; i++)
        {
            var key = history.Key[reads[i]];
            var known = keys[key] ?? new KeyStaleness(key, 0, 0, 0, nanoseconds.Length > 0 ? 0 : null, deltas[key]);
            keys[key] = known with
            {
                Reads = known.Reads + 1,
                Stale = known.Stale + (versions[i] > 0 ? 1 : 0),
                MaxVersions = Math.Max(known.MaxVersions, versions[i]),
                MaxNanoseconds = nanoseconds.Length > 0 ? Math.Max(known.MaxNanoseconds!.Value, nanoseconds[i]) : null,
            };
        }

        return [.. keys.OfType<KeyStaleness>()];
    }
}
