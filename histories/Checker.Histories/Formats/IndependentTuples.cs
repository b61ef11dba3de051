using System.Runtime.InteropServices;
using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>Splits the <c>[key value]</c> tuples of independent objects.</summary>
internal static class IndependentTuples
{
    /// <summary>Moves keys out of values, if the values are tuples; see <see cref="IndependentKeys"/> for the rule.</summary>
    public static void Split(List<EdnEvent> events, IndependentKeys choice, ValueTable values, string file, List<string> warnings)
    {
        var all = CollectionsMarshal.AsSpan(events);
        var tagged = false;
        foreach (ref readonly var e in all) tagged |= e.IsTuple;
        if (choice == IndependentKeys.No || (choice == IndependentKeys.Auto && !tagged && !AreTuples(all, values))) return;
        if (choice == IndependentKeys.Auto && !tagged)
        {
            warnings.Add($"{file}: every client's value is a pair, so they were read as [key value] of independent objects");
        }

        foreach (ref var e in all)
        {
            if (e.Fields.Process == HistoryEvent.NemesisProcess) continue;
            // A completion may leave its value out: then its invocation has the key.
            if (e.Fields.Value.IsNull && e.Fields.Type != EventType.Invoke) continue;
            if (!IsPair(e.Fields.Value, values))
            {
                var value = values.Text(e.Fields.Value);
                throw new HistoryFormatException(file, e.Line, $"the value {value} of an independent history: expected [key value]");
            }

            var pair = values.Items(e.Fields.Value);
            (e.Fields.Key, e.Fields.Value) = (pair[0], pair[1]);
        }
    }

    private static bool AreTuples(ReadOnlySpan<EdnEvent> events, ValueTable values)
    {
        var told = false;
        foreach (ref readonly var e in events)
        {
            if (e.Fields.Process == HistoryEvent.NemesisProcess) continue;
            if (e.Fields.Value.IsNull && e.Fields.Type != EventType.Invoke) continue;
            if (!IsPair(e.Fields.Value, values)) return false;
            if (e.Fields.Type != EventType.Invoke) continue;
            var pair = values.Items(e.Fields.Value);
            if (values.Kind(pair[0]) is not (ValueKind.Integer or ValueKind.String or ValueKind.Boolean)) return false;
            var f = values.Utf8(e.F);
            if (f.SequenceEqual("read"u8)) told = pair[1].IsNull;
            else if (f.SequenceEqual("cas"u8)) told = IsPair(pair[1], values);
            else if (f.SequenceEqual("txn"u8)) told = IsListOfLists(pair[1], values);
            else continue;
            if (!told) return false;
        }

        return told;
    }

    private static bool IsPair(ValueId value, ValueTable values) => values.Kind(value) == ValueKind.List && values.Items(value).Length == 2;

    private static bool IsListOfLists(ValueId value, ValueTable values)
    {
        if (values.Kind(value) != ValueKind.List) return false;
        foreach (var item in values.Items(value))
        {
            if (values.Kind(item) != ValueKind.List) return false;
        }

        return true;
    }
}
