using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Quorum;

/// <summary>What an owner remembers of a key while it is up.</summary>
internal sealed class OwnedKey
{
    /// <summary>The writes that wait for the one under way.</summary>
    public Queue<(EndpointId Client, Request Request)> Waiting { get; } = [];

    /// <summary>Whether a write is under way.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether a write quorum is known to hold the owner's last write.</summary>
    public bool IsSettled { get; set; }
}
