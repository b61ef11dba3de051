using Checker.Histories;

namespace Checker.Harness.Runs;

/// <summary>How many operations ended how.</summary>
/// <param name="Ok">Operations that happened.</param>
/// <param name="Fail">Operations that certainly did not happen.</param>
/// <param name="Info">Operations of which nobody knows.</param>
public readonly record struct RunCounts(long Ok, long Fail, long Info)
{
    /// <summary>All of them.</summary>
    public long Total => Ok + Fail + Info;

    /// <summary>One more.</summary>
    public RunCounts With(EventType completion) => completion switch
    {
        EventType.Ok => this with { Ok = Ok + 1 },
        EventType.Fail => this with { Fail = Fail + 1 },
        EventType.Info => this with { Info = Info + 1 },
        _ => this,
    };
}
