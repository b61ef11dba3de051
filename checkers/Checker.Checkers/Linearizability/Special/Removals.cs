using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special;

/// <summary>
/// The rows of a container whose elements were inserted once each: for each element its insertion and its removal, the removals that
/// found nothing,
/// and those whose result is unknown. Insertions of unknown outcome that nobody removed are left out: without them any order stays one.
/// </summary>
internal sealed class Removals
{
    /// <summary>The elements' insertions, by row.</summary>
    public required List<int> Inserts { get; init; }

    /// <summary>For each element the row of its removal; −1 if nobody is known to have removed it.</summary>
    public required List<int> Removes { get; init; }

    /// <summary>The rows that found the container empty.</summary>
    public required List<int> Empties { get; init; }

    /// <summary>The rows that may have removed something.</summary>
    public required List<int> Unknown { get; init; }

    /// <summary>The rows that found an element without removing it, by the row of its insertion; null if there are none.</summary>
    public Dictionary<int, List<int>>? Peeks { get; init; }

    /// <summary>The same with other removals.</summary>
    public Removals With(List<int> removes) => new() { Inserts = Inserts, Removes = removes, Empties = Empties, Unknown = Unknown, Peeks = Peeks };

    /// <summary>The same without the elements that nobody is known to have removed and the removals that may have taken them.</summary>
    public Removals WithoutLeft() => new()
    {
        Inserts = [.. Inserts.Where((_, element) => Removes[element] >= 0)],
        Removes = [.. Removes.Where(row => row >= 0)],
        Empties = Empties,
        Unknown = [],
        Peeks = Peeks,
    };

    /// <summary>Reads the rows; otherwise says why they are not of this kind, or what is wrong.</summary>
    public static Removals? Of(in KeyHistory history, Function insert, Function remove, out SpecialVerdict answer)
    {
        answer = default;
        var values = history.History.Values;
        if (!history.IsEmptyAtFirst)
        {
            answer = SpecialVerdict.NotApplicable("the container is not empty at first");
            return null;
        }

        var functions = history.Functions;
        var types = history.Types;
        var inputs = history.Inputs;
        var outputs = history.Outputs;
        var invokes = history.Invokes;
        var returns = history.Returns;
        var known = 0;
        using var numbers = new ValueNumbers(functions.Count(insert), inputs);
        using var insertOf = new Rented<int>(functions.Count(insert));
        using var removeOf = new Rented<int>(insertOf.Length);
        var inserts = insertOf.Span;
        var removes = removeOf.Span;
        for (var row = 0; row < functions.Length; row++)
        {
            if (functions[row] != insert) continue;
            var element = numbers.NumberOf(inputs[row]);
            if (element < known)
            {
                answer = SpecialVerdict.NotApplicable($"{values.Text(inputs[row])} was inserted twice");
                return null;
            }

            known++;
            inserts[element] = row;
            removes[element] = -1;
        }

        var (empties, unknown) = (new List<int>(), new List<int>());
        Dictionary<int, List<int>>? peeks = null;
        for (var row = 0; row < functions.Length; row++)
        {
            if (functions[row] == insert) continue;
            if (functions[row] != remove && functions[row] != Function.Peek)
            {
                answer = SpecialVerdict.NotApplicable($"{FunctionNames.Of(functions[row])} is not of this kind");
                return null;
            }

            if (types[row] == OperationType.Info)
            {
                unknown.Add(row);
            }
            else if (outputs[row].IsNull)
            {
                empties.Add(row);
            }
            else
            {
                var element = numbers.Lookup(outputs[row]);
                var looks = functions[row] == Function.Peek;
                if (element < 0 || (removes[element] >= 0 && !looks) || returns[row] <= invokes[inserts[element]])
                {
                    answer = Mismatch(history, row, element < 0 ? -1 : inserts[element], element < 0 || looks ? -1 : removes[element]);
                    return null;
                }

                if (!looks) removes[element] = row;
                else if ((peeks ??= []).TryGetValue(inserts[element], out var others)) others.Add(row);
                else peeks.Add(inserts[element], [row]);
            }
        }

        var (kept, removed) = (new List<int>(known), new List<int>(known));
        for (var element = 0; element < known; element++)
        {
            if (peeks is not null && peeks.TryGetValue(inserts[element], out var seen))
            {
                // They are in the order of invocation.
                if (removes[element] >= 0 && returns[removes[element]] < invokes[seen[^1]])
                {
                    answer = Gone(history, inserts[element], removes[element], seen[^1]);
                    return null;
                }
            }
            else if (removes[element] < 0 && returns[inserts[element]] == KeyHistory.Never)
            {
                continue;
            }

            kept.Add(inserts[element]);
            removed.Add(removes[element]);
        }

        return new Removals { Inserts = kept, Removes = removed, Empties = empties, Unknown = unknown, Peeks = peeks };
    }

    private static SpecialVerdict Mismatch(in KeyHistory history, int row, int insert, int earlier)
    {
        var evidence = new EvidenceBuilder(history);
        var prose = new Prose(history);
        evidence.Add(row);
        var element = prose.Text(history.Outputs[row]);
        if (insert < 0)
        {
            return SpecialVerdict.Invalid(evidence.Build("phantom-element", $"{prose.Did(row)}, but {element} was never put in."));
        }

        evidence.Add(insert);
        if (earlier >= 0)
        {
            evidence.Add(earlier);
            return SpecialVerdict.Invalid(evidence.Build(
                "duplicate-removal", $"{prose.Did(earlier)}, and {prose.Did(row)}, but {element} was put in only once: {prose.Did(insert)}."));
        }

        evidence.RealTime(row, insert);
        evidence.Step(insert, row, "forced", "an element has to be put in before it is taken out");
        return SpecialVerdict.Invalid(evidence.Build("future-element", $"{prose.Did(row)}, before anybody had begun to put {element} in: {prose.Did(insert)}."));
    }

    private static SpecialVerdict Gone(in KeyHistory history, int insert, int remove, int peek)
    {
        var (evidence, prose) = (new EvidenceBuilder(history), new Prose(history));
        evidence.Add(insert);
        evidence.RealTime(remove, peek);
        return SpecialVerdict.Invalid(evidence.Build("removed-element", $"{prose.Did(peek)}, but it was gone by then: {prose.Did(remove)}."));
    }
}
