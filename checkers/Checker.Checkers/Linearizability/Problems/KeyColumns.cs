using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Problems;

/// <summary>The columns that the <see cref="KeyHistory"/> views of all keys share: 30 bytes per operation.</summary>
internal sealed class KeyColumns(int count)
{
    public readonly int[] Operations = new int[count];
    public readonly Function[] Functions = new Function[count];
    public readonly OperationType[] Types = new OperationType[count];
    public readonly ValueId[] Inputs = new ValueId[count];
    public readonly ValueId[] Outputs = new ValueId[count];
    public readonly int[] Invokes = new int[count];
    public readonly int[] Returns = new int[count];
}
