using Microsoft.Playwright;

namespace Checker.Reports.Tests;

/// <summary>A headless Chromium for the tests of the page. They are skipped, with the reason, where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    public async Task InitializeAsync()
    {
        var executable = Find();
        if (executable is null)
        {
            _missing = $"no Chromium was found in PATH ({string.Join(", ", Names)})";
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a report from disk and watches what it does.</summary>
    public async Task<OpenReport> OpenAsync(ReportInput input, bool dark = false)
    {
        Skip.If(_missing is not null, _missing);
        var directory = Directory.CreateTempSubdirectory("checker-report-");
        Output.ReportWriter.Write(input, directory.FullName);
        var context = await _browser!.NewContextAsync(
            new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
        var page = await context.NewPageAsync();
        var report = new OpenReport(page, directory);
        await page.GotoAsync("file://" + Path.Combine(directory.FullName, "report.html"));
        await page.WaitForFunctionAsync("() => window.checkerReport !== undefined");
        await report.SettleAsync();
        return report;
    }

    private static string? Find()
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin");
        return directories.SelectMany(directory => Names.Select(name => Path.Combine(directory, name))).FirstOrDefault(File.Exists);
    }
}

/// <summary>A report in a browser.</summary>
public sealed class OpenReport : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;

    public OpenReport(IPage page, DirectoryInfo directory)
    {
        Page = page;
        _directory = directory;
        page.Console += (_, message) => { if (message.Type is "error" or "warning") Errors.Add(message.Text); };
        page.PageError += (_, error) => Errors.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Dialog += (_, dialog) =>
        {
            Errors.Add($"a dialog said {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, uncaught exceptions, dialogs.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Every address that the page asked for.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Waits until what was asked for is drawn.</summary>
    public Task SettleAsync() => Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

    /// <summary>The middle of an operation's bar on the page, in pixels.</summary>
    public async Task<(float X, float Y)> BarAsync(int op)
    {
        await Page.Locator("#lanes").ScrollIntoViewIfNeededAsync();
        var point = await Page.EvaluateAsync<float[]>(
            """
            op => {
              const { ops, drawing } = window.checkerReport;
              const box = drawing.box(ops.find(op), 5);
              const canvas = document.getElementById('lanes').getBoundingClientRect();
              return [canvas.left + box.left + box.width / 2, canvas.top + box.top + box.height / 2];
            }
            """,
            op);
        return (point[0], point[1]);
    }

    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        _directory.Delete(recursive: true);
    }
}
