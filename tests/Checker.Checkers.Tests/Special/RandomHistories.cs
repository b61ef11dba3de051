using Checker.Histories;

namespace Checker.Checkers.Tests.Special;

/// <summary>Random histories of a simulated object: correct ones, and ones of which some results were changed.</summary>
internal static class RandomHistories
{
    /// <param name="model">The data type.</param>
    /// <param name="random">The source of chance.</param>
    /// <param name="count">How many operations.</param>
    /// <param name="processes">How many run at once.</param>
    /// <param name="unknown">The share of operations whose outcome is unknown.</param>
    /// <param name="corrupt">The share of operations that are changed.</param>
    public static List<TestOperation> Next(Model model, Random random, int count, int processes, double unknown, double corrupt)
    {
        var operations = Intervals(random, count, processes, unknown);
        model.Reset();
        var points = new double[operations.Count];
        for (var i = 0; i < points.Length; i++)
        {
            var op = operations[i];
            var reach = op.IsInfo ? (op.Return - op.Invoke) * (random.Next(3) + 1) : op.Return - op.Invoke;
            points[i] = op.Invoke + (reach * random.NextDouble());
        }

        var order = Enumerable.Range(0, points.Length).ToArray();
        Array.Sort((double[])points.Clone(), order);
        var state = model.Initial;
        foreach (var i in order)
        {
            var op = operations[i];
            var next = model.Perform(state, op, random);
            if (!op.IsInfo || random.Next(2) == 0) state = next;
        }

        foreach (var op in operations)
        {
            if (random.NextDouble() < corrupt) model.Corrupt(op, random, operations);
        }

        return operations;
    }

    private static List<TestOperation> Intervals(Random random, int count, int processes, double unknown)
    {
        var operations = new List<TestOperation>();
        var open = new int[processes];
        Array.Fill(open, -1);
        var names = Enumerable.Range(0, processes).ToArray();
        var fresh = processes;
        var ends = new int[count];
        var begins = new int[count];
        var who = new int[count];
        var info = new bool[count];
        var (position, begun, busy) = (0, 0, 0);
        while (begun < count || busy > 0)
        {
            var thread = random.Next(processes);
            if (open[thread] >= 0)
            {
                var i = open[thread];
                ends[i] = position++;
                open[thread] = -1;
                busy--;
                if (!info[i]) continue;
                names[thread] = fresh++;
            }
            else if (begun < count)
            {
                who[begun] = names[thread];
                info[begun] = random.NextDouble() < unknown;
                begins[begun] = position++;
                open[thread] = begun++;
                busy++;
            }
        }

        for (var i = 0; i < count; i++)
        {
            operations.Add(new TestOperation(who[i], Function.Read, begins[i], ends[i]) { Type = info[i] ? OperationType.Info : OperationType.Ok });
        }

        return operations;
    }
}
