using System.Globalization;
using Xunit.Abstractions;

namespace Checker.Reports.Tests;

public class FrameTimeTests(Browser browser, ITestOutputHelper output) : IClassFixture<Browser>
{
    /// <summary>Pans and zooms through 100,000 operations and reports the time that a frame takes to draw, and the time between frames.</summary>
    [SkippableFact]
    public async Task A_hundred_thousand_operations_stay_smooth()
    {
        Skip.If(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CHECKER_CAMPAIGN")), "set CHECKER_CAMPAIGN to measure frame times");
        await using var report = await browser.OpenAsync(SampleHistories.Run(100_000, invalid: true, threads: 20));
        foreach (var share in (double[])[1, 0.3, 0.05, 0.005, 0.0005])
        {
            var (draw, frame) = await PanAsync(report, share);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{share * 100:0.##} % in sight: drawing fastest {draw[0]:0.0} ms, quartile {draw[draw.Length / 4]:0.0} ms, median " +
                $"{draw[draw.Length / 2]:0.0} ms, p95 {draw[draw.Length * 95 / 100]:0.0} ms; frame median {frame[frame.Length / 2]:0.0} ms"));
            Assert.True(draw[draw.Length / 2] < 500, "a frame takes half a second to draw");
        }
    }

    private static async Task<(double[] Draw, double[] Frame)> PanAsync(OpenReport report, double share)
    {
        var times = await report.Page.EvaluateAsync<double[][]>(
            """
            async share => {
              const { view, drawing, overview } = window.checkerReport;
              const span = (view.high - view.low) * share;
              const draws = [], frames = [];
              let last = 0;
              for (let i = 0; i < 60; i++) {
                const x0 = view.low + (view.high - view.low - span) * i / 60;
                view.show(x0, x0 + span);
                const now = await new Promise(requestAnimationFrame);
                const began = performance.now();
                drawing.draw();
                overview.draw();
                drawing.context.getImageData(0, 0, 1, 1);
                draws.push(performance.now() - began);
                if (last > 0) frames.push(now - last);
                last = now;
              }
              return [draws.sort((a, b) => a - b), frames.sort((a, b) => a - b)];
            }
            """,
            share);
        return (times[0], times[1]);
    }
}
