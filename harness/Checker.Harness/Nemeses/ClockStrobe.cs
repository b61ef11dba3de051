using Checker.Targets.Faults;
using Checker.Targets.Nodes;

namespace Checker.Harness.Nemeses;

/// <summary>A wall clock that jumps there and back, again and again, until it is healed.</summary>
public sealed class ClockStrobe : IFault
{
    private readonly IClockSkewable _clocks;
    private readonly int _node;
    private readonly long _amount;
    private readonly long _period;
    private readonly Func<long, Action, ITimerHandle> _after;
    private IFault? _current;
    private ITimerHandle? _timer;
    private Evidence _past = new(0, "");
    private Task _step = Task.CompletedTask;
    private bool _healed;

    private ClockStrobe(IClockSkewable clocks, int node, long amount, long period, Func<long, Action, ITimerHandle> after)
    {
        _clocks = clocks;
        _node = node;
        _amount = amount;
        _period = period;
        _after = after;
    }

    /// <inheritdoc/>
    public Evidence Evidence
    {
        get
        {
            if (_current is not { } current) return _past;
            var now = current.Evidence;
            return new Evidence(_past.Hits + now.Hits, now.What);
        }
    }

    /// <summary>Starts with a jump.</summary>
    /// <param name="clocks">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <param name="amount">How far it jumps, in nanoseconds, either sign.</param>
    /// <param name="period">How long it stays there, and back, in nanoseconds.</param>
    /// <param name="after">The timer of the run's thread.</param>
    public static async ValueTask<ClockStrobe> StartAsync(
        IClockSkewable clocks, int node, long amount, long period, Func<long, Action, ITimerHandle> after)
    {
        var strobe = new ClockStrobe(clocks, node, amount, period, after);
        await strobe.FlipAsync();
        return strobe;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_healed) return;
        _healed = true;
        _timer?.Cancel();
        await _step;
        await BackAsync();
    }

    private async Task FlipAsync()
    {
        if (_current is null) _current = await _clocks.JumpClockAsync(_node, _amount);
        else await BackAsync();
        if (!_healed) _timer = _after(_period, () => _step = FlipAsync());
    }

    private async Task BackAsync()
    {
        if (_current is not { } fault) return;
        await fault.DisposeAsync();
        _past = new Evidence(_past.Hits + fault.Evidence.Hits, fault.Evidence.What);
        _current = null;
    }
}
