using Checker.Targets.Faults;

namespace Checker.Harness.Worlds;

/// <summary>A fault in force: counts its hits (from any thread) and heals once.</summary>
internal class ActiveFault(string what, Func<ValueTask>? heal = null) : IFault
{
    private Func<ValueTask>? _heal = heal;
    private long _hits;

    /// <inheritdoc/>
    public Evidence Evidence => new(Interlocked.Read(ref _hits), what);

    /// <summary>Counts that it bit.</summary>
    public void Hit(long times = 1) => Interlocked.Add(ref _hits, times);

    /// <summary>Says how to heal it, where the healer has to know the fault itself.</summary>
    public void HealBy(Func<ValueTask> heal) => _heal = heal;

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Interlocked.Exchange(ref _heal, null)?.Invoke() ?? default;
    }
}
