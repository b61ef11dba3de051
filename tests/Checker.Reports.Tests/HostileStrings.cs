using Checker.Checkers;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Reports.Tests;

/// <summary>A history whose every text tries to break out of the page.</summary>
internal static class HostileStrings
{
    public static readonly string[] All =
    [
        "</script><script>window.pwned=1;alert(1)</script>",
        "\"><img src=x onerror=\"window.pwned=1;alert(1)\">",
        "'-alert(1)-' onmouseover='alert(1)",
        "<!--<script>",
        "]]></title></style><svg onload=alert(1)>",
        "{{script}}{{data}}${alert(1)}`",
        "a\u2028b\u2029c\u0000d\u001be\u007ff\u0085",
        "\u202egnp.exe\u202c \u2066x\u2069 \u200b\ufeff",
        "\ud800 lone \udc00",
        "&lt;b&gt;&amp;&#60;script&#62;",
        "javascript:alert(1)",
        "漢字 العربية 👩‍🚀 é",
    ];

    public static ReportInput Input()
    {
        var all = string.Concat(All);
        var builder = new HistoryBuilder(DataTypes.Kv) { Header = new() { Target = all, Workload = all, Nodes = All } };
        for (var i = 0; i < All.Length; i++)
        {
            SampleHistories.Invoke(builder, i, Function.Write, All[i], All[i], 10 * i);
            builder.Nemesis(EventType.Info, "start-" + All[i], All[i], (long)(((10 * i) + 1) * 1e6), All[i]);
            var type = (OperationType)(i % 3);
            SampleHistories.Complete(builder, i, type, Function.Write, All[i], Value.List(All[i], Value.Map([new(All[i], All[i])])), (10 * i) + 5, All[i]);
            builder.Nemesis(EventType.Info, "stop-" + All[i], All[i], (long)(((10 * i) + 6) * 1e6));
        }

        var anomalies = All.Select((text, i) => new Anomaly(text, [i, (i + 1) % All.Length], text)
        {
            Key = i,
            Edges = [new(i, (i + 1) % All.Length, text, text)],
            Partials = [new([i], [(i + 1) % All.Length], text)],
        });
        return new ReportInput
        {
            History = builder.Build(),
            DataType = DataTypes.Kv,
            Title = all,
            File = all,
            Models = [new(Verdict.Invalid(all, all, [.. anomalies]), 1), new(Verdict.Unknown(All[0], All[1], all), 1)],
            Claims = All,
            Command = all,
            Warnings = All,
            Run = new() { VacuityReasons = All, World = all, Faults = [new(all, 1, 1, all)], Other = [new(all, all)] },
        };
    }
}
