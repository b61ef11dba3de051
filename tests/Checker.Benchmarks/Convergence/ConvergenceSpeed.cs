using System.Diagnostics;
using System.Globalization;
using Checker.Checkers;
using Checker.Checkers.Lattice;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Convergence;

/// <summary>
/// Seconds, and seconds of processor time, to judge whether a history has converged, for each data type: <c>convergence [OPERATIONS [PROCESSES
/// [KEYS]]]</c>. Half of the operations are updates, one in a hundred of unknown outcome; in the end every process reads every key.
/// </summary>
internal static class ConvergenceSpeed
{
    public static int Run(string[] args)
    {
        var operations = Argument(0, 100_000);
        var processes = Argument(1, 20);
        var keys = Argument(2, 100);
        Console.WriteLine($"{operations} operations, {processes} processes, {keys} keys");
        var model = Checkers.Catalogue.Models.Find(ModelNames.Eventual)!;
        DataType[] types = [DataTypes.Kv, DataTypes.LwwRegister, DataTypes.GCounter, DataTypes.PnCounter, DataTypes.GSet, DataTypes.OrSet,
            DataTypes.AppendList];
        foreach (var type in types)
        {
            var history = Generate(type, operations, processes, keys);
            var (cpu, watch) = (Environment.CpuUsage.TotalTime, Stopwatch.StartNew());
            var verdict = model.Check(history, type, CheckOptions.Default);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{type,-14} {watch.Elapsed.TotalSeconds,8:0.000} s {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds,8:0.000} s CPU  {verdict.Kind} " +
                    $"({verdict.Algorithm})"));
        }

        return 0;

        int Argument(int at, int otherwise) => args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
    }

    // One operation after another on objects that all replicas share; reads in between return nothing, which no model of the end looks at.
    private static History Generate(DataType type, int operations, int processes, int keys)
    {
        var random = new Random(1);
        var builder = new HistoryBuilder(type);
        var names = Enumerable.Range(0, keys).Select(key => type == DataTypes.LwwRegister ? ValueId.Null : builder.Values.String($"k{key}")).ToArray();
        var contents = names.Select(_ => new List<ValueId>()).ToArray();
        var sums = new long[keys];
        var process = Enumerable.Range(0, processes).ToArray();
        var nothing = type.Sequential == DataTypes.Counter || type.Sequential == DataTypes.PnCounter ? builder.Values.Integer(0) : ValueId.Null;
        for (var i = 0; i < operations; i++)
        {
            var thread = random.Next(processes);
            var key = random.Next(keys);
            if (random.Next(2) == 0)
            {
                Do(process[thread], Function.Read, key, ValueId.Null, nothing, OperationType.Ok);
                continue;
            }

            var isInfo = random.Next(100) == 0;
            var value = builder.Values.Integer(i);
            var function = Update(type, i);
            if (function == Function.Increment) value = builder.Values.Integer(i % 5);
            if (function == Function.Decrement) value = builder.Values.Integer(i % 3);
            if (function == Function.Remove) value = contents[key].Count == 0 ? value : contents[key][^1];
            Do(process[thread], function, key, value, value, isInfo ? OperationType.Info : OperationType.Ok);
            if (isInfo) process[thread] += processes;
            if (isInfo) continue;
            if (function == Function.Remove && contents[key].Count > 0) contents[key].RemoveAt(contents[key].Count - 1);
            else if (function is Function.Add or Function.Append) contents[key].Add(value);
            else if (function == Function.Write) contents[key] = [value];
            sums[key] += function == Function.Increment ? i % 5 : function == Function.Decrement ? -(i % 3) : 0;
        }

        for (var key = 0; key < (type == DataTypes.LwwRegister ? 1 : keys); key++)
        {
            var state = type.Sequential == DataTypes.Counter || type.Sequential == DataTypes.PnCounter ? builder.Values.Integer(sums[key])
                : type.Knows(Function.Write) ? contents[key] is [var last] ? last : ValueId.Null
                : builder.Values.List([.. contents[key]]);
            foreach (var reader in process) Do(reader, Function.Read, key, ValueId.Null, state, OperationType.Ok);
        }

        return builder.Build();

        void Do(int by, Function function, int key, ValueId input, ValueId output, OperationType outcome)
        {
            builder.Invoke(by, function, names[key], input);
            builder.Complete(by, outcome, function, names[key], outcome == OperationType.Ok ? output : ValueId.Null);
        }
    }

    private static Function Update(DataType type, int i)
    {
        if (type == DataTypes.AppendList) return Function.Append;
        if (type.Knows(Function.Write)) return Function.Write;
        if (type == DataTypes.GCounter) return Function.Increment;
        if (type == DataTypes.PnCounter) return i % 2 == 0 ? Function.Increment : Function.Decrement;
        return type == DataTypes.OrSet && i % 4 == 0 ? Function.Remove : Function.Add;
    }
}
