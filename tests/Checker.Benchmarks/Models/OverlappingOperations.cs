using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Histories of a store in which every operation takes effect at some moment between its beginning and its end, but a share of the reads
/// return the value before the last: 2-atomic, linearizable if the share is 0; the same for the same arguments.
/// </summary>
internal static class OverlappingOperations
{
    public static History Generate(int operations, int processes, int keys, double staleShare, int seed)
    {
        var random = new Random(seed);
        var builder = new HistoryBuilder(DataTypes.Kv);
        var names = Enumerable.Range(0, keys).Select(key => builder.Values.String($"k{key}")).ToArray();
        var values = new (ValueId Now, ValueId Before)[keys];
        var under = new (int Phase, int Key, bool Writes, ValueId Value)[processes];
        var (begun, open) = (0, 0);
        for (var time = 0L; begun < operations || open > 0; time += 1000)
        {
            var process = random.Next(processes);
            ref var op = ref under[process];
            switch (op.Phase)
            {
                case 0 when begun == operations:
                    break;
                case 0:
                    op = (1, random.Next(keys), random.Next(2) == 0, builder.Values.Integer(++begun));
                    open++;
                    builder.Invoke(process, op.Writes ? Function.Write : Function.Read, names[op.Key], op.Writes ? op.Value : ValueId.Null, time);
                    break;
                case 1:
                    if (op.Writes) values[op.Key] = (op.Value, values[op.Key].Now);
                    else op.Value = random.NextDouble() < staleShare ? values[op.Key].Before : values[op.Key].Now;
                    op.Phase = 2;
                    break;
                default:
                    builder.Complete(process, OperationType.Ok, op.Writes ? Function.Write : Function.Read, names[op.Key], op.Value, time);
                    op.Phase = 0;
                    open--;
                    break;
            }
        }

        return builder.Build();
    }
}
