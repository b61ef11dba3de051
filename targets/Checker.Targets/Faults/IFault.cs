namespace Checker.Targets.Faults;

/// <summary>A fault that is in force. Disposing it heals it; healing twice does nothing more.</summary>
public interface IFault : IAsyncDisposable
{
    /// <summary>What shows that it bit, up to now; still readable after healing.</summary>
    Evidence Evidence { get; }
}

/// <summary>What shows that a fault bit.</summary>
/// <param name="Hits">How often it bit: messages dropped, delayed or doubled, requests in flight at a killed node, timer readings that were wrong …; 0: it did
/// not.</param>
/// <param name="What">What the hits are, such as <c>messages dropped</c>.</param>
public readonly record struct Evidence(long Hits, string What);
