namespace Checker.Histories.Tests;

/// <summary>Random well-formed events of concurrent processes.</summary>
internal static class RandomHistories
{
    public static List<HistoryEvent> Events(int seed, int count)
    {
        var values = new RandomValues(seed);
        var random = values.Random;
        var (gaps, times, keys) = (random.Next(2) == 0, random.Next(3) > 0, random.Next(3) > 0);
        var open = new HistoryEvent?[5];
        var processes = new[] { 0, 1, 2, 3, 4 };
        var (index, time, nextProcess) = (-1L, 0L, 5);
        var events = new List<HistoryEvent>();
        while (events.Count < count)
        {
            index += gaps ? 1 + random.Next(3) : 1;
            time = Math.Max(0, time + random.Next(2_000) - 200);
            var at = times && random.Next(10) > 0 ? time : -1;
            if (random.Next(10) == 0)
            {
                var kind = (EventType)random.Next(4);
                events.Add(
                    new(index, at, HistoryEvent.NemesisProcess, kind, values.Text(), default, values.Next(), random.Next(3) == 0 ? values.Text() : null));
                continue;
            }

            var slot = random.Next(open.Length);
            if (open[slot] is not { } invoked)
            {
                var key = keys && random.Next(3) > 0 ? values.Next(1) : default;
                var e = new HistoryEvent(index, at, processes[slot], EventType.Invoke, values.Pick(FunctionNames.All), key, values.Next());
                open[slot] = e;
                events.Add(e);
                continue;
            }

            var type = values.Pick([EventType.Ok, EventType.Ok, EventType.Fail, EventType.Info]);
            events.Add(invoked with { Index = index, Time = at, Type = type, Value = values.Next(), Error = random.Next(3) == 0 ? values.Text() : null });
            open[slot] = null;
            if (type == EventType.Info) processes[slot] = nextProcess += random.Next(1, 1_000_000);
        }

        return events;
    }
}
