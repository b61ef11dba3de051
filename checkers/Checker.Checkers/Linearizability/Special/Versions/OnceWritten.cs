using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Traces reads where each value of a register was written once, and none that was there at first: then a content is a version. O(n), no hashing.
/// </summary>
internal static class OnceWritten
{
    /// <summary>The traced operations, all of them, in rows; null if a value was written again, or somebody found what nobody else wrote.</summary>
    /// <param name="history">The object.</param>
    /// <param name="uses">What its rows find and leave, without contradiction.</param>
    public static VersionHistory? Trace(in KeyHistory history, RegisterUses uses)
    {
        var writer = GC.AllocateUninitializedArray<int>(uses.Contents);
        Array.Fill(writer, -1);
        for (var row = 0; row < history.Count; row++)
        {
            foreach (var content in uses.Left[row])
            {
                if (content < uses.Count || writer[content] >= 0 || uses.Found[row].Contains(content)) return null;
                writer[content] = row;
            }
        }

        if (writer.AsSpan(uses.Count).Contains(-1)) return null;
        var register = GC.AllocateUninitializedArray<int>(uses.Contents);
        for (var content = 0; content < register.Length; content++) register[content] = uses.RegisterOf(content);
        var (rows, unknown) = (GC.AllocateUninitializedArray<int>(history.Count), new bool[history.Count]);
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = row;
            unknown[row] = history.Types[row] == OperationType.Info;
        }

        var time = new LocalTime(history);
        return new(uses.Count, register, writer, uses.Found, uses.Left) { Rows = rows, First = time.Invoke, Last = time.Return, Unknown = unknown };
    }
}
