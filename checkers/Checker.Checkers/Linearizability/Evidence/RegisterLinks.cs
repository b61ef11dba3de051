using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special;
using Checker.Checkers.Linearizability.Special.Versions;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>The links of registers, one or several: who found which value of which key, and who left it.</summary>
internal static class RegisterLinks
{
    private const int MostTexts = 2_000; // beyond that many operations appended texts are not compared

    /// <summary>Adds them.</summary>
    public static void Add(in KeyHistory history, Links links)
    {
        if (history.HasAppends)
        {
            Texts(history, links);
            return;
        }

        if (BundledSpecs.SpansKeys(history.Type) && RegisterUses.Of(history, out _) is { Contradiction: < 0 } uses
            && VersionReader.Of(history, uses) is { } versions)
        {
            Versions(history, links, versions);
            return;
        }

        var writesNull = WritesNull(history);
        for (var row = 0; row < history.Count; row++) AddRow(history, row, writesNull, links);
    }

    /// <summary>Says what one row gives and takes, where nothing was appended.</summary>
    public static void AddRow<TFacts>(in KeyHistory history, int row, bool writesNull, TFacts facts)
        where TFacts : IFacts
    {
        var key = history.Key >= 0 ? default : history.History.KeyId(history.History.Key[history.Operations[row]]);
        switch (history.Functions[row])
        {
            case Function.Transaction: Transaction(history, facts, row); break;
            case Function.Snapshot: Snapshot(history, facts, row, writesNull); break;
            case Function.Read: facts.Take(row, key, history.Outputs[row]); break;
            case Function.Delete: facts.Give(row, key, ValueId.Null); break;
            case Function.Cas when history.Types[row] == OperationType.Fail: facts.TakeAll(row); break;
            case Function.Cas when Pair(history, row) is [var old, var replacement]:
                facts.Take(row, key, old);
                facts.Give(row, key, replacement);
                break;
            default: facts.Give(row, key, history.Inputs[row]); break;
        }
    }

    /// <summary>Whether a write leaves nothing behind, so that what is not shown may be its work.</summary>
    public static bool WritesNull(in KeyHistory history)
    {
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Write && history.Inputs[row].IsNull) return true;
        }

        return false;
    }

    // Who found a value depends on whoever may have left it there, as far as time tells.
    private static void Versions(in KeyHistory history, Links links, VersionHistory versions)
    {
        var values = history.History.Values;
        for (var operation = 0; operation < versions.Count; operation++)
        {
            foreach (var version in versions.Writes[operation]) links.Give(versions.Rows[operation], default, values.Integer(version));
            foreach (var version in versions.Reads[operation]) links.Take(versions.Rows[operation], default, values.Integer(version));
        }

        for (var i = 0; i < versions.InPassing.Length; i++)
        {
            links.Give(versions.Rows[versions.InPassing[i].Writer], default, values.Integer(versions.Versions + i));
            links.Take(versions.Rows[versions.InPassing[i].Reader], default, values.Integer(versions.Versions + i));
        }

        for (var doubt = 0; doubt < versions.Doubtful.Length; doubt++)
        {
            foreach (var version in versions.Candidates[doubt]) links.Take(versions.Rows[versions.Doubtful[doubt]], default, values.Integer(version));
        }
    }

    private static void Transaction<TFacts>(in KeyHistory history, TFacts facts, int row)
        where TFacts : IFacts
    {
        var values = history.History.Values;
        var ok = history.Types[row] == OperationType.Ok;
        var micros = ok && !history.Outputs[row].IsNull ? history.Outputs[row] : history.Inputs[row];
        if (!values.TryGetList(micros, out var all)) return;
        foreach (var micro in all)
        {
            if (!values.TryGetList(micro, out var items) || items.Length != 3 || values.Kind(items[0]) != ValueKind.String) continue;
            if (values.Utf8(items[0]) is [(byte)'w', ..]) facts.Give(row, items[1], items[2]);
            else if (ok) facts.Take(row, items[1], items[2]);
        }
    }

    // A snapshot of everything also shows what is not there.
    private static void Snapshot<TFacts>(in KeyHistory history, TFacts facts, int row, bool writesNull)
        where TFacts : IFacts
    {
        var entries = history.History.Values.Kind(history.Outputs[row]) == ValueKind.Map ? history.History.Values.Items(history.Outputs[row]) : [];
        for (var i = 0; i + 1 < entries.Length; i += 2) facts.Take(row, entries[i], entries[i + 1]);
        if (history.Inputs[row].IsNull && writesNull) facts.TakeAll(row);
    }

    // A text that was written or appended is part of every text that is found while it counts.
    private static void Texts(in KeyHistory history, Links links)
    {
        var values = history.History.Values;
        var texts = new string[history.Count]; // found, if it looks
        var mixed = !IsText(values, history.Initial); // to what is no text nothing can be appended
        for (var row = 0; row < history.Count; row++)
        {
            mixed |= history.Functions[row] switch
            {
                Function.Write => !IsText(values, history.Inputs[row]),
                Function.Cas when Pair(history, row) is [_, var replacement] => !IsText(values, replacement),
                _ => false,
            };
        }

        for (var row = 0; row < history.Count; row++)
        {
            texts[row] = history.Functions[row] switch
            {
                Function.Read => Plain(values, history.Outputs[row]),
                Function.Cas when Pair(history, row) is [var old, _] => Plain(values, old),
                _ => "",
            };
            links.TakesAll[row] = history.Types[row] == OperationType.Fail || (mixed && history.Functions[row] == Function.Append);
        }

        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Read || history.Types[row] == OperationType.Fail) continue;
            var mark = values.Integer(row);
            var left = history.Functions[row] switch
            {
                Function.Cas when Pair(history, row) is [_, var replacement] => Plain(values, replacement),
                Function.Delete => "",
                _ => Plain(values, history.Inputs[row]),
            };
            links.Give(row, default, mark);
            links.Stays[row] = history.Count > MostTexts;
            for (var reader = 0; reader < history.Count && history.Count <= MostTexts; reader++)
            {
                if (reader == row || history.Functions[reader] is not (Function.Read or Function.Cas)) continue;
                if (history.Returns[reader] > history.Invokes[row] && texts[reader].Contains(left, StringComparison.Ordinal)) links.Take(reader, default, mark);
            }
        }
    }

    private static ReadOnlySpan<ValueId> Pair(in KeyHistory history, int row) =>
        history.History.Values.Kind(history.Inputs[row]) == ValueKind.List ? history.History.Values.Items(history.Inputs[row]) : [];

    private static bool IsText(ValueTable values, ValueId value) => values.Kind(value) is ValueKind.Null or ValueKind.String;

    private static string Plain(ValueTable values, ValueId value) => values.Kind(value) switch
    {
        ValueKind.Null => "",
        ValueKind.String => values.Get(value).AsString(),
        _ => values.Text(value),
    };
}
