using Checker.Checkers;
using Checker.Histories;
using Checker.Reports.Pages;

namespace Checker.Reports.Tests;

public class TimelineDataTests
{
    [Fact]
    public void Numbers_take_seven_bits_a_byte_and_fold_their_sign()
    {
        var column = new ByteColumn();
        column.Add(0);
        column.Add(127);
        column.Add(128);
        column.AddSigned(-1);
        column.AddSigned(1);
        Assert.Equal([0, 127, 0x80, 1, 1, 2], Convert.FromBase64String(column.ToBase64()));
    }

    [Fact]
    public void A_short_history_is_carried_whole()
    {
        var history = SampleHistories.Run(1000, invalid: false).History;
        var selection = TimelineSelection.Of(history, []);
        Assert.Equal((1000, 1), (selection.Operations.Count, selection.Stride));
    }

    [Fact]
    public void Of_a_long_history_everything_an_anomaly_names_is_carried_with_its_surroundings_and_a_sample()
    {
        var input = SampleHistories.Run(20_000, invalid: true);
        var anomalies = input.Models[0].Verdict.Anomalies;
        var selection = TimelineSelection.Of(input.History, anomalies, limit: 2000);
        Assert.InRange(selection.Operations.Count, 1000, 2100);
        Assert.Equal(selection.Operations.Order().Distinct(), selection.Operations);
        foreach (var op in anomalies.SelectMany(anomaly => anomaly.Operations)) Assert.Contains(op, selection.Operations);
        Assert.Contains(anomalies[0].Operations[0] + 1, selection.Operations);
        Assert.Equal(20, selection.Stride);
        Assert.Contains("Sampled: ", PageNote(SampleHistories.Run(130_000, invalid: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_thread_keeps_its_row_when_its_process_is_retired()
    {
        var lanes = Lanes.Of(SampleHistories.Run(2000, invalid: false, threads: 10).History);
        Assert.Equal(10, lanes.Labels.Count);
        Assert.Equal(lanes[3], lanes[13]);
    }

    [Fact]
    public void Many_processes_without_known_threads_share_rows_but_never_at_the_same_time()
    {
        var builder = new HistoryBuilder(DataTypes.Register);
        for (var process = 0; process < 300; process++)
        {
            SampleHistories.Invoke(builder, process, Function.Write, default, process, process);
            if (process > 0) SampleHistories.Complete(builder, process - 1, OperationType.Ok, Function.Write, default, process - 1, process + 0.5);
        }

        var history = builder.Build();
        var lanes = Lanes.Of(history);
        Assert.InRange(lanes.Labels.Count, 2, 3);
        for (var process = 1; process < 300; process++) Assert.NotEqual(lanes[process - 1], lanes[process]);
    }

    [Fact]
    public void A_hundred_thousand_operations_take_less_than_four_megabytes() =>
        Assert.InRange(Output.ReportWriter.Html(SampleHistories.Run(100_000, invalid: true, threads: 20)).Length, 1 << 20, 4 << 20);

    [Fact]
    public void Long_values_are_cut_outside_anomalies_and_whole_within()
    {
        var builder = new HistoryBuilder(DataTypes.Set);
        for (var i = 0; i < 400; i++)
        {
            SampleHistories.Invoke(builder, 0, Function.Read, default, Checker.Histories.Values.Value.Null, i);
            SampleHistories.Complete(builder, 0, OperationType.Ok, Function.Read, default, new string('x', 3000) + i, i + 0.5);
        }

        var anomaly = new Anomaly("odd", [7], "an odd read");
        var verdict = Verdict.Invalid("linearizable", "test", [anomaly]);
        var input = new ReportInput { History = builder.Build(), DataType = DataTypes.Set, Models = [new(verdict, 0)] };
        var html = Output.ReportWriter.Html(input);
        Assert.InRange(html.Length, 100_000, 400_000);
        Assert.Contains(new string('x', 3000) + "7\\u0022", html, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 3000) + "8", html, StringComparison.Ordinal);
    }

    private static string PageNote(ReportInput input)
    {
        var html = Output.ReportWriter.Html(input);
        return html.Substring(html.IndexOf("timeline-heading\">Timeline", StringComparison.Ordinal), 300);
    }
}
