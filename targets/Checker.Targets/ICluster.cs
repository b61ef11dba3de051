namespace Checker.Targets;

/// <summary>
/// A target's running nodes. What can be done to it is said by the small interfaces it also implements (<see cref="Faults.IKillable"/>,
/// <see cref="Faults.IPausable"/>, <see cref="Faults.IPartitionable"/>, <see cref="Faults.IClockSkewable"/>, <see cref="Faults.ILinkDegradable"/>).
/// </summary>
public interface ICluster : IAsyncDisposable
{
    /// <summary>The names of the nodes.</summary>
    IReadOnlyList<string> Nodes { get; }

    /// <summary>The nodes that now believe themselves primary (leader, head …), by number; may be none or several.</summary>
    IReadOnlyList<int> Primaries();

    /// <summary>Opens the client of a worker thread.</summary>
    /// <param name="thread">The worker thread, from 0.</param>
    /// <param name="cancellation">Gives up.</param>
    ValueTask<IClient> OpenClientAsync(int thread, CancellationToken cancellation);
}
