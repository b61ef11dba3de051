namespace Checker.Targets.Stores.Consensus;

/// <summary>What a leader knows about another node's log, in the leader's term.</summary>
internal sealed class Follower
{
    /// <summary>So many entries at the front agree with the leader's log and are durable there.</summary>
    public int Matched { get; private set; }

    /// <summary>The position from which to send next.</summary>
    public int Next { get; private set; }

    /// <summary>The latest heartbeat round that the node has answered.</summary>
    public long Round { get; private set; }

    /// <summary>Whether it is known where the logs agree; until then one piece at a time is tried.</summary>
    public bool IsInStep { get; private set; }

    /// <summary>A new term begins: tries the end of the leader's log first.</summary>
    public void Reset(int length)
    {
        Matched = 0;
        Next = length;
        Round = 0;
        IsInStep = false;
    }

    /// <summary>A piece has been sent.</summary>
    public void OnSent(int count)
    {
        if (IsInStep) Next += count;
    }

    /// <summary>Some time has passed: what was not confirmed is sent again.</summary>
    public void Rewind()
    {
        if (IsInStep) Next = Matched;
    }

    /// <summary>The node has answered. Late and repeated answers do no harm.</summary>
    public void OnResult(AppendResult result)
    {
        Round = Math.Max(Round, result.Round);
        if (result.Matches)
        {
            Matched = Math.Max(Matched, result.Length);
            Next = IsInStep ? Math.Max(Next, Matched) : Matched;
            IsInStep = true;
        }
        else if (!IsInStep)
        {
            Next = Math.Min(Next, result.Length);
        }
    }
}
