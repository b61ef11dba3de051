using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>The columns that the <see cref="KeyHistory"/> views of all keys share: 30 bytes per operation.</summary>
internal sealed class KeyColumns(int count)
{
    public readonly int[] Operations = GC.AllocateUninitializedArray<int>(count);
    public readonly Function[] Functions = GC.AllocateUninitializedArray<Function>(count);
    public readonly OperationType[] Types = GC.AllocateUninitializedArray<OperationType>(count);
    public readonly ValueId[] Inputs = GC.AllocateUninitializedArray<ValueId>(count);
    public readonly ValueId[] Outputs = GC.AllocateUninitializedArray<ValueId>(count);
    public readonly int[] Invokes = GC.AllocateUninitializedArray<int>(count);
    public readonly int[] Returns = GC.AllocateUninitializedArray<int>(count);
}
