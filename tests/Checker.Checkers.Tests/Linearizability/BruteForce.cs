using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>
/// The definition of linearizability, tried out: some order of the operations, all ok ones and any of the unknown ones, that keeps real
/// time and obeys the
/// data type. Exponential; for a dozen operations. No cleverness but that nothing is tried twice.
/// </summary>
internal static class BruteForce
{
    public static bool IsLinearizable(DataType type, Value initial, IReadOnlyList<ReferenceOperation> operations)
    {
        var must = 0L;
        for (var i = 0; i < operations.Count; i++)
        {
            if (operations[i].Type != OperationType.Info) must |= 1L << i;
        }

        var tried = new HashSet<(long, Value)>();
        return Try(0, ReferenceModel.Initial(type, initial));

        bool Try(long done, Value state)
        {
            if ((done & must) == must) return true;
            if (!tried.Add((done, state))) return false;
            for (var i = 0; i < operations.Count; i++)
            {
                if ((done >> i & 1) != 0 || !MayBeNext(done, operations[i])) continue;
                foreach (var next in ReferenceModel.Step(type, state, operations[i]))
                {
                    if (Try(done | (1L << i), next)) return true;
                }
            }

            return false;
        }

        bool MayBeNext(long done, ReferenceOperation candidate)
        {
            for (var i = 0; i < operations.Count; i++)
            {
                if ((done >> i & 1) == 0 && operations[i].Return < candidate.Invoke) return false;
            }

            return true;
        }
    }
}
