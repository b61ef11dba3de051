using Checker.Checkers;
using Checker.Checkers.Lattice;

namespace Checker.Reports.Tests;

public class PageTests(Browser browser) : IClassFixture<Browser>
{
    [SkippableFact]
    public async Task Opens_from_disk_without_errors_and_without_asking_for_anything_else()
    {
        await using var report = await browser.OpenAsync(SampleHistories.StaleRead());
        Assert.Empty(report.Errors);
        Assert.StartsWith("file://", Assert.Single(report.Requests, url => !url.StartsWith("data:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("✗ INVALID", (await report.Page.Locator(".word").InnerTextAsync()).Trim());
        Assert.True(await report.Page.Locator(".word").IsVisibleAsync());
    }

    [SkippableFact]
    public async Task Draws_the_operations_of_every_process()
    {
        await using var report = await browser.OpenAsync(SampleHistories.StaleRead());
        var colours = await report.Page.EvaluateAsync<int>(
            """
            () => {
              const canvas = document.getElementById('lanes');
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              const seen = new Set();
              for (let i = 0; i < pixels.length; i += 4) seen.add(pixels[i] << 16 | pixels[i + 1] << 8 | pixels[i + 2]);
              return seen.size;
            }
            """);
        Assert.True(colours > 8, $"only {colours} colours on the canvas");
    }

    [SkippableFact]
    public async Task The_key_a_goes_to_the_first_anomaly_and_explains_it()
    {
        await using var report = await browser.OpenAsync(SampleHistories.Run(3000, invalid: true));
        var before = await Span(report);
        await report.Page.Keyboard.PressAsync("a");
        await report.SettleAsync();
        Assert.True(await Span(report) < before / 10);
        Assert.Equal(0, await report.Page.EvaluateAsync<int>("() => window.checkerReport.state.anomaly"));
        Assert.Contains("Anomaly 1 of 2", await report.Page.Locator("#context").InnerTextAsync(), StringComparison.Ordinal);
        await Shot(report, "anomaly");
        await report.Page.Keyboard.PressAsync("a");
        Assert.Equal(1, await report.Page.EvaluateAsync<int>("() => window.checkerReport.state.anomaly"));
        await report.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(-1, await report.Page.EvaluateAsync<int>("() => window.checkerReport.state.anomaly"));
        Assert.Empty(report.Errors);
    }

    [SkippableFact]
    public async Task The_order_that_proves_a_history_valid_is_drawn_on_request()
    {
        var sample = SampleHistories.StaleRead();
        var valid = sample with { Models = [new(Verdict.Valid("linearizable", "test", new OrderCertificate([0, 3, 1, 5])), 0)] };
        await using var report = await browser.OpenAsync(valid);
        var button = report.Page.Locator("#order");
        Assert.True(await button.IsVisibleAsync());
        var plain = await Picture(report);
        await report.Page.Keyboard.PressAsync("l");
        Assert.Equal("true", await button.GetAttributeAsync("aria-pressed"));
        Assert.NotEqual(plain, await Picture(report));
        await Shot(report, "linearization");
        await button.ClickAsync();
        await report.Page.Mouse.MoveAsync(1, 1);
        Assert.Equal(plain, await Picture(report));
        Assert.Empty(report.Errors);

        await using var invalid = await browser.OpenAsync(sample);
        Assert.False(await invalid.Page.Locator("#order").IsVisibleAsync());

        static async Task<string> Picture(OpenReport report)
        {
            await report.SettleAsync();
            return await report.Page.EvaluateAsync<string>("() => document.getElementById('lanes').toDataURL()");
        }
    }

    [SkippableFact]
    public async Task On_a_narrow_screen_the_lattice_is_a_tree_and_nothing_sticks_out()
    {
        var sample = SampleHistories.StaleRead();
        var classification = Classification.Of(Checker.Checkers.Catalogue.Models.All, sample.History, sample.DataType, CheckOptions.Default);
        await using var report = await browser.OpenAsync(sample with { Classification = classification });
        Assert.True(await report.Page.Locator("svg.lattice").IsVisibleAsync());
        Assert.False(await report.Page.Locator(".lattice-tree").IsVisibleAsync());
        await report.Page.SetViewportSizeAsync(480, 800);
        await report.SettleAsync();
        Assert.False(await report.Page.Locator("svg.lattice").IsVisibleAsync());
        Assert.Contains("✗ linearizable", await report.Page.Locator(".lattice-tree").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(480, await report.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        Assert.True(await report.Page.Locator("#models td").First.IsVisibleAsync());
        Assert.InRange(await report.Page.EvaluateAsync<double>("() => document.querySelector('#models').offsetHeight"), 50, 420);
        Assert.Empty(report.Errors);
    }

    [SkippableFact]
    public async Task Hovering_tells_everything_about_an_operation_and_a_click_pins_it()
    {
        await using var report = await browser.OpenAsync(SampleHistories.StaleRead());
        var (x, y) = await report.BarAsync(3);
        await report.Page.Mouse.MoveAsync(x, y);
        await report.SettleAsync();
        var tooltip = report.Page.Locator("#tooltip");
        Assert.True(await tooltip.IsVisibleAsync());
        var text = await tooltip.InnerTextAsync();
        Assert.Contains("read → 1", text, StringComparison.Ordinal);
        Assert.Contains("Part of stale-read", text, StringComparison.Ordinal);
        Assert.Contains("Longest attempt 1 of 2", text, StringComparison.Ordinal);
        Assert.Contains("Line\n7", text, StringComparison.Ordinal);
        await Shot(report, "hover");
        await report.Page.Mouse.ClickAsync(x, y);
        await report.SettleAsync();
        Assert.Contains("Operation\n#3", await report.Page.Locator("#selected").InnerTextAsync(), StringComparison.Ordinal);
        await Shot(report, "pinned");
        Assert.Empty(report.Errors);
    }

    [SkippableFact]
    public async Task The_wheel_zooms_and_dragging_pans()
    {
        await using var report = await browser.OpenAsync(SampleHistories.Run(3000, invalid: true));
        var (x, y) = await report.BarAsync(1500);
        await report.Page.Mouse.MoveAsync(x, y);
        var before = await Span(report);
        await report.Page.Mouse.WheelAsync(0, -600);
        await report.SettleAsync();
        Assert.True(await Span(report) < before);
        var left = await report.Page.EvaluateAsync<double>("() => window.checkerReport.view.x0");
        await report.Page.Mouse.DownAsync();
        await report.Page.Mouse.MoveAsync(x - 120, y, new() { Steps = 4 });
        await report.Page.Mouse.UpAsync();
        Assert.True(await report.Page.EvaluateAsync<double>("() => window.checkerReport.view.x0") > left);
    }

    [SkippableFact]
    public async Task Filters_and_search_find_operations()
    {
        await using var report = await browser.OpenAsync(SampleHistories.Run(3000, invalid: true));
        await report.Page.Locator("#filter-key").FillAsync("k3");
        var passing = await report.Page.EvaluateAsync<int>("() => window.checkerReport.view.passing");
        Assert.InRange(passing, 1, 2999);
        await report.Page.Locator("[data-outcome='1']").ClickAsync();
        Assert.InRange(await report.Page.EvaluateAsync<int>("() => window.checkerReport.view.passing"), 1, passing - 1);
        await report.Page.Locator("[data-outcome='1']").ClickAsync();
        await report.Page.Locator("#filter-key").FillAsync("");
        await report.Page.Keyboard.PressAsync("Escape");
        await report.Page.Keyboard.PressAsync("/");
        await report.Page.Keyboard.TypeAsync("#2222");
        await report.Page.Keyboard.PressAsync("Enter");
        Assert.Equal(2222, await report.Page.EvaluateAsync<int>("() => window.checkerReport.ops.op[window.checkerReport.state.pinned]"));
        Assert.Empty(report.Errors);
    }

    [SkippableFact]
    public async Task The_axis_changes_between_time_and_event_order()
    {
        await using var report = await browser.OpenAsync(SampleHistories.StaleRead());
        await report.Page.Locator("#lanes").FocusAsync();
        await report.Page.Keyboard.PressAsync("t");
        await report.SettleAsync();
        Assert.Equal("true", await report.Page.Locator("#axis-order").GetAttributeAsync("aria-pressed"));
        Assert.Contains("events 0", await report.Page.Locator("#status").InnerTextAsync(), StringComparison.Ordinal);
        await Shot(report, "order");
    }

    [SkippableFact]
    public async Task The_question_mark_lists_the_keys()
    {
        await using var report = await browser.OpenAsync(SampleHistories.StaleRead());
        await report.Page.Keyboard.PressAsync("?");
        Assert.True(await report.Page.Locator("#keys-dialog").IsVisibleAsync());
        await Shot(report, "keys");
        await report.Page.Keyboard.PressAsync("Escape");
        Assert.False(await report.Page.Locator("#keys-dialog").IsVisibleAsync());
    }

    [SkippableFact]
    public async Task Follows_the_system_into_the_dark_and_the_reader_out_of_it()
    {
        await using var report = await browser.OpenAsync(SampleHistories.StaleRead(), dark: true);
        const string background = "() => getComputedStyle(document.body).backgroundColor";
        var dark = await report.Page.EvaluateAsync<string>(background);
        await report.Page.Locator("#theme").ClickAsync();
        Assert.NotEqual(dark, await report.Page.EvaluateAsync<string>(background));
        await report.Page.Locator("#theme").ClickAsync();
        Assert.Equal(dark, await report.Page.EvaluateAsync<string>(background));
        Assert.Empty(report.Errors);
    }

    private static Task<double> Span(OpenReport report) => report.Page.EvaluateAsync<double>("() => window.checkerReport.view.span");

    // A picture to look at, if one is wanted.
    private static async Task Shot(OpenReport report, string name)
    {
        if (Environment.GetEnvironmentVariable("CHECKER_GALLERY") is not { Length: > 0 } gallery) return;
        await report.Page.ScreenshotAsync(new() { Path = Path.Combine(gallery, name + ".png") });
    }
}
