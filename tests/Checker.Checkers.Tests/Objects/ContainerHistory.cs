using Checker.Checkers.Tests.Linearizability;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Objects;

/// <summary>
/// Random histories of a few processes that use one container, each element inserted once: each process sees its own updates and, at random
/// moments, some of the others'; it goes on from what it saw, or begins anew for each operation. Of the first, which does most, some results are
/// others then.
/// </summary>
internal static class ContainerHistory
{
    /// <summary>A history of 3 to 5 processes.</summary>
    public static SmallHistory Random(DataType type, Random random, int most = 10)
    {
        var processes = random.Next(3, 6);
        var count = random.Next(Math.Min(6, most - 1), most + 1);
        var insertRate = 0.35 + (random.NextDouble() * 0.35);
        var ties = random.Next(3) == 0;
        var operations = Enumerable.Range(0, count).Select(i => new ReferenceOperation(
            Choose(i), OperationType.Ok, Value.Null, Value.Null, Value.Null, Math.Max(0, random.Next(1 - (processes / 2), processes)), 2 * i, (2 * i) + 1)).ToArray();
        var elements = Enumerable.Range(10, count).OrderBy(_ => random.Next()).ToArray();
        for (var i = 0; i < count; i++)
        {
            if (IsInsertion(operations[i])) operations[i] = operations[i] with { Input = ties ? Value.List(elements[i] % 3, elements[i]) : elements[i] };
        }

        var anew = random.Next(3);
        foreach (var process in Enumerable.Range(0, processes)) Answer(process);
        Value[] answers = [Value.Null, .. operations.Where(IsInsertion).Select(static o => o.Input)];
        var spoiled = random.Next(3) * 0.3;
        for (var i = 0; i < count; i++)
        {
            if (operations[i].Process == 0 && !IsInsertion(operations[i]) && random.NextDouble() < spoiled)
                operations[i] = operations[i] with { Output = answers[random.Next(answers.Length)] };
        }

        for (var i = 0; i < count; i++)
        {
            var isLast = operations.Skip(i + 1).All(o => o.Process != operations[i].Process);
            if (isLast && random.Next(8) == 0) operations[i] = operations[i] with { Type = OperationType.Info, Output = Value.Null, Return = History.Never };
        }

        return new(type, Value.Null, observeFailedCas: false, [.. operations]);

        Function Choose(int i)
        {
            var inserts = random.NextDouble() < (i < count / 3 ? insertRate + 0.3 : insertRate);
            return type.Sequential.Name switch
            {
                "stack" => inserts ? Function.Push : random.Next(5) == 0 ? Function.Peek : Function.Pop,
                "priority-queue" => inserts ? Function.Insert : Function.ExtractMax,
                _ => inserts ? Function.Enqueue : Function.Dequeue,
            };
        }

        void Answer(int process)
        {
            var state = ReferenceModel.Initial(type, Value.Null);
            var own = new List<ReferenceOperation>();
            var seen = new HashSet<ReferenceOperation>();
            for (var i = 0; i < count; i++)
            {
                if (operations[i].Process != process) continue;
                var others = operations.Where(o => o.Process != process && o.Function != Function.Peek).ToArray();
                if (anew == 0 || (anew == 1 && random.Next(2) == 0))
                {
                    state = ReferenceModel.Initial(type, Value.Null);
                    seen.Clear();
                    foreach (var earlier in own)
                    {
                        See();
                        state = Hidden(state, earlier);
                    }
                }

                See();
                var possible = IsInsertion(operations[i]) ? [operations[i]] : others.Concat(own).Where(IsInsertion)
                    .Select(o => operations[i] with { Output = o.Input }).Append(operations[i])
                    .Where(answered => ReferenceModel.Step(type, state, answered).Length > 0).ToArray();
                operations[i] = possible[random.Next(possible.Length)];
                if (operations[i].Function == Function.Peek) continue;
                var next = ReferenceModel.Step(type, state, operations[i]);
                state = next[random.Next(next.Length)];
                own.Add(operations[i]);

                void See()
                {
                    while (random.Next(3) != 0 && others.FirstOrDefault(o => !seen.Contains(o) && random.Next(3) != 0) is { } other)
                    {
                        seen.Add(other);
                        state = Hidden(state, other);
                    }
                }
            }
        }

        Value Hidden(Value state, ReferenceOperation o)
        {
            var next = ReferenceModel.Step(type, state, o with { Type = OperationType.Info, Output = Value.Null });
            return next.Length == 0 ? state : next[random.Next(next.Length)];
        }
    }

    private static bool IsInsertion(ReferenceOperation o) => o.Function is Function.Enqueue or Function.Push or Function.Insert;
}
