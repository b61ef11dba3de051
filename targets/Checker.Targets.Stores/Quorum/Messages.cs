using Checker.Histories.Values;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Quorum;

/// <summary>When a value was written; greater is newer. No two writes have the same.</summary>
/// <param name="Counter">Greater than every counter that the writer found in a read quorum (or a wall clock, if that bug is
/// planted).</param>
/// <param name="Writer">Breaks ties: the coordinator's boot and number, so that it differs before and after a restart.</param>
public sealed record Version(long Counter, long Writer) : IComparable<Version>
{
    /// <summary>The version of what was never written.</summary>
    public static Version None { get; } = new(0, 0);

    /// <inheritdoc/>
    public int CompareTo(Version? other)
    {
        if (other is null) return 1;
        var byCounter = Counter.CompareTo(other.Counter);
        return byCounter != 0 ? byCounter : Writer.CompareTo(other.Writer);
    }
}

/// <summary>A value with its version, as it lies on disk.</summary>
/// <param name="Version">When it was written.</param>
/// <param name="Value">The value.</param>
public sealed record VersionedValue(Version Version, Value Value)
{
    /// <summary>What was never written.</summary>
    public static VersionedValue None { get; } = new(Version.None, Value.Null);
}

/// <summary>How often a node has started, as it lies on disk.</summary>
/// <param name="Number">1 at its first start.</param>
public sealed record Boot(long Number);

/// <summary>A node lets a client in, as the answer to a <see cref="Probe"/> or to a write for an earlier boot, which it refuses.</summary>
/// <param name="Id">The client's number for the operation.</param>
/// <param name="Boot">The node's boot; a write is valid for this boot only.</param>
public sealed record Welcome(long Id, long Boot) : Message;

/// <summary>A client asks a coordinator for a write. A node that has restarted since refuses it: it might be a late copy.</summary>
/// <param name="Boot">The boot that the client was let in by.</param>
/// <param name="Request">What to write.</param>
public sealed record WriteRequest(long Boot, Request Request) : Message;

/// <summary>A coordinator asks a replica for its version of a key.</summary>
/// <param name="Round">The coordinator's number for the round; never used twice, not even after a restart.</param>
/// <param name="Key">The key.</param>
public sealed record Load(long Round, Value Key) : Message;

/// <summary>A replica's durable version of a key.</summary>
/// <param name="Round">The round it answers.</param>
/// <param name="Content">The value and its version.</param>
public sealed record Loaded(long Round, VersionedValue Content) : Message;

/// <summary>A coordinator has a replica store a version of a key, unless the replica has a newer one.</summary>
/// <param name="Round">The coordinator's number for the round.</param>
/// <param name="Key">The key.</param>
/// <param name="Content">The value and its version.</param>
public sealed record Store(long Round, Value Key, VersionedValue Content) : Message;

/// <summary>A replica holds the version, or a newer one, durably.</summary>
/// <param name="Round">The round it answers.</param>
public sealed record Stored(long Round) : Message;
