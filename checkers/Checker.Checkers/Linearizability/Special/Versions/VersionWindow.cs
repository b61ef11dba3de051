namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>A part of a history that has an order if the whole has one.</summary>
internal static class VersionWindow
{
    /// <summary>
    /// The operations that overlap a stretch of time, and of those that wrote what these found only that they wrote it.
    /// </summary>
    /// <param name="history">The whole.</param>
    /// <param name="start">The first gap of the stretch.</param>
    /// <param name="end">The gap behind it.</param>
    public static VersionHistory Of(VersionHistory history, int start, int end)
    {
        var inside = new bool[history.Count];
        var kept = new bool[history.Count];
        var wanted = new bool[history.Versions];
        wanted.AsSpan(0, history.Registers).Fill(true);
        for (var operation = 0; operation < inside.Length; operation++)
        {
            inside[operation] = history.First[operation] < end && history.Last[operation] > start;
            if (!inside[operation]) continue;
            kept[operation] = true;
            foreach (var version in history.Writes[operation]) wanted[version] = true;
            foreach (var version in history.Reads[operation]) Want(version);
            foreach (var doubt in history.Doubts[operation])
            {
                foreach (var version in history.Candidates[doubt]) Want(version);
            }
        }

        var operations = Numbers(kept, out var count);
        var versions = Numbers(wanted, out var versionCount);
        var (register, writers) = (new int[versionCount], new int[versionCount]);
        var finds = new Finds();
        for (var version = 0; version < wanted.Length; version++)
        {
            if (versions[version] is not (>= 0 and var number)) continue;
            register[number] = history.Register[version];
            writers[number] = history.Writer[version] is >= 0 and var writer ? operations[writer] : -1;
            foreach (var reader in history.Readers[version])
            {
                if (inside[reader]) finds.Add(operations[reader], [number]);
            }
        }

        for (var doubt = 0; doubt < history.Doubtful.Length; doubt++)
        {
            if (!inside[history.Doubtful[doubt]]) continue;
            finds.Add(operations[history.Doubtful[doubt]], Array.ConvertAll(history.Candidates[doubt].ToArray(), version => versions[version]));
        }

        return new(count, history.Registers, register, writers, finds)
        {
            Rows = Keep(history.Rows, kept, count),
            First = Keep(history.First, kept, count),
            Last = Keep(history.Last, kept, count),
            Unknown = Keep(history.Unknown, kept, count),
        };

        void Want(int version)
        {
            wanted[version] = true;
            if (history.Writer[version] is >= 0 and var writer) kept[writer] = true;
        }
    }

    private static int[] Numbers(bool[] kept, out int count)
    {
        var numbers = new int[kept.Length];
        count = 0;
        for (var i = 0; i < kept.Length; i++) numbers[i] = kept[i] ? count++ : -1;
        return numbers;
    }

    private static T[] Keep<T>(T[] column, bool[] kept, int count)
    {
        var next = 0;
        var result = new T[count];
        for (var i = 0; i < column.Length; i++)
        {
            if (kept[i]) result[next++] = column[i];
        }

        return result;
    }
}
