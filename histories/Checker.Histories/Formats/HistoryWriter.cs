namespace Checker.Histories.Formats;

/// <summary>Writes a whole <see cref="History"/> in the native format: reading it gives an equal history. O(n).</summary>
public static class HistoryWriter
{
    /// <summary>Writes the header, if the history has one, and every event in order.</summary>
    /// <param name="history">The history.</param>
    /// <param name="stream">Receives it. It stays open and is flushed.</param>
    /// <exception cref="ArgumentException">A value cannot be written as JSON, see <see cref="JsonLinesWriter"/>.</exception>
    public static void Write(History history, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(stream);
        var writer = new JsonLinesWriter(stream);
        var header = history.Header;
        if (header.Type is null && history.Type is { } type && DataTypes.Find(type.Name) == type) header = header with { Type = type.Name };
        if (header != Empty) writer.WriteHeader(header);
        WriteEvents(history, writer);
        writer.Flush();
    }

    private static readonly HistoryHeader Empty = new();

    private static void WriteEvents(History history, JsonLinesWriter writer)
    {
        // Which operation or nemesis event stands at each position: invocations and nemesis events come in order, completions are looked up.
        var completions = new int[history.EventCount];
        for (var op = 0; op < history.Count; op++)
        {
            if (history.Complete[op] != History.Never) completions[history.Complete[op]] = op + 1;
        }

        var keys = new Values.ValueId[history.KeyCount];
        for (var key = 0; key < keys.Length; key++) keys[key] = history.KeyId(key);
        var (nextInvoke, nextNemesis) = (0, 0);
        for (var position = 0; position < history.EventCount; position++)
        {
            var index = history.EventIndex(position);
            var op = completions[position] - 1;
            if (op >= 0)
            {
                var f = FunctionNames.Of(history.Functions[op], history.Type);
                writer.Write(
                    index, history.CompleteTime[op], history.Process[op], EventTypeOf(history.Types[op]), f, history.Values,
                    keys[history.Key[op]], history.Output[op], history.Error(op));
            }
            else if (nextInvoke < history.Count && history.Invoke[nextInvoke] == position)
            {
                op = nextInvoke++;
                var f = FunctionNames.Of(history.Functions[op], history.Type);
                writer.Write(
                    index, history.InvokeTime[op], history.Process[op], EventType.Invoke, f, history.Values,
                    keys[history.Key[op]], history.Input[op], null);
            }
            else
            {
                var e = history.Nemesis[nextNemesis++];
                writer.Write(new HistoryEvent(index, e.Time, HistoryEvent.NemesisProcess, e.Type, e.F, default, e.Value, e.Error));
            }
        }
    }

    private static EventType EventTypeOf(OperationType outcome) => outcome switch
    {
        OperationType.Ok => EventType.Ok,
        OperationType.Fail => EventType.Fail,
        _ => EventType.Info,
    };
}
