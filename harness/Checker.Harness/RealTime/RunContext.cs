namespace Checker.Harness.RealTime;

/// <summary>Brings asynchronous code that was awaited on the run's thread back to it, wherever the awaited thing was completed.</summary>
internal sealed class RunContext(EventLoop loop) : SynchronizationContext
{
    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(() => d(state));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("the run's thread cannot be waited for; use Post");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
