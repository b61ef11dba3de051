using System.Runtime.InteropServices;

namespace Checker.Cli.Conventions;

/// <summary>
/// Ctrl-C, and SIGTERM. The first asks what is at work to end: a run is healed, judged and reported as far as it went, a check says what it
/// knows. The second ends the process at once, and so does <see cref="Grace"/> after the first. Then the exit code is 128 and the signal's
/// number, as shells have it; what the recorder flushed stays readable.
/// </summary>
public sealed class Interruption : IDisposable
{
    /// <summary>How long after the first signal the process ends in any case; 30 s.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly TextWriter _error;
    private int _signals;
    private Timer? _end;

    /// <summary>Listens from now on.</summary>
    /// <param name="error">Where the user is told.</param>
    public Interruption(TextWriter error)
    {
        _error = error;
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, On), PosixSignalRegistration.Create(PosixSignal.SIGTERM, On)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _end?.Dispose();
        _source.Dispose();
    }

    private void On(PosixSignalContext signal)
    {
        signal.Cancel = true;
        var code = 128 + (signal.Signal == PosixSignal.SIGTERM ? 15 : 2);
        if (Interlocked.Increment(ref _signals) > 1) Environment.Exit(code);
        _error.WriteLine("checker: stopping, and reporting what is known so far; Ctrl-C again ends at once");
        _end = new Timer(_ => Environment.Exit(code), null, Grace, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
