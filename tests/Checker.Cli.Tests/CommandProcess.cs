using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace Checker.Cli.Tests;

/// <summary>The built command as a process of its own. One that still runs at the end is killed.</summary>
internal sealed class CommandProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly List<Task> _readers = [];

    /// <summary>Starts it.</summary>
    /// <param name="folder">Its working directory.</param>
    /// <param name="arguments">The command line.</param>
    public CommandProcess(string folder, params string[] arguments)
    {
        // What starts the tests may have had SIGINT ignored, as shells do for what they start in the background, and children inherit that.
        var start = new ProcessStartInfo("/usr/bin/env")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all = ["--default-signal=INT", "dotnet", typeof(CommandLine).Assembly.Location, .. arguments];
        foreach (var argument in all) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        Follow(_process.StandardOutput, _output);
        Follow(_process.StandardError, _error);
    }

    /// <summary>Standard output so far.</summary>
    public string Output => Locked(_output);

    /// <summary>Standard error so far.</summary>
    public string Error => Locked(_error);

    /// <summary>Waits until standard error, or standard output, has a text so many times.</summary>
    public async Task Until(string text, bool inOutput = false, int times = 1)
    {
        var watch = Stopwatch.StartNew();
        while ((inOutput ? Output : Error).Split(text).Length <= times)
        {
            Assert.True(watch.Elapsed < Patience && !_process.HasExited, $"no '{text}' in: {Error}{Output}");
            await Task.Delay(20);
        }
    }

    /// <summary>Sends SIGINT, as Ctrl-C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<int> ExitCode()
    {
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        await Task.WhenAll(_readers);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Follow(StreamReader reader, StringBuilder text) => _readers.Add(Task.Run(async () =>
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (text) text.Append(line).Append('\n');
        }
    }));

    private static string Locked(StringBuilder text)
    {
        lock (text) return text.ToString();
    }
}
