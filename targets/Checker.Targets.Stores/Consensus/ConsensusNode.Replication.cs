using System.Globalization;

namespace Checker.Targets.Stores.Consensus;

/// <content>Log replication (section 5.3), heartbeats, and what counts as committed (section 5.4.2).</content>
internal sealed partial class ConsensusNode
{
    private const long HeartbeatInterval = 40_000_000;
    private const int Batch = 64;
    private const long SettlingTime = 500_000_000;
    private long _round;
    private int _termStart;
    private long _takesCommandsFrom;
    private int _durableLength;

    private void Lead()
    {
        _role = Role.Leader;
        _leader = Self;
        _durableLength = 0;
        _context.Log(string.Create(CultureInfo.InvariantCulture, $"leads term {Term} with {_state.Length} entries"));
        foreach (var follower in _followers) follower.Reset(_state.Length);

        // Entries of earlier terms are committed by the first of this one. The bug settles them by counting, and takes nothing new
        // meanwhile.
        if (_options.CommitOldTerm) _takesCommandsFrom = _context.MonotonicClock + SettlingTime;
        else _state.Append(new LogEntry(Term, null));
        _termStart = _state.Length;
        SendRound();
        SyncOwnLog();
        var term = Term;
        _context.After(HeartbeatInterval, () => OnHeartbeat(term));
    }

    private void OnHeartbeat(long term)
    {
        if (_role != Role.Leader || Term != term) return;
        foreach (var follower in _followers) follower.Rewind();
        SendRound();
        _context.After(HeartbeatInterval, () => OnHeartbeat(term));
    }

    private void SendRound()
    {
        _round++;
        for (var node = 0; node < _followers.Length; node++) SendPiece(node);
    }

    private void SendPiece(int node)
    {
        if (node == Self) return;
        var follower = _followers[node];
        var start = follower.Next;
        var count = Math.Min(Batch, _state.Length - start);
        follower.OnSent(count);
        _context.Send(
            EndpointId.Node(node),
            new AppendEntries(Term, _round, start, _state.TermBefore(start), _state.Slice(start, count), _committed));
    }

    private void SyncOwnLog()
    {
        var term = Term;
        var length = _state.Length;
        _state.WhenDurable(() =>
        {
            if (_role != Role.Leader || Term != term) return;
            _durableLength = Math.Max(_durableLength, length);
            Commit();
        });
    }

    private void OnAppendEntries(int leader, AppendEntries append)
    {
        if (append.Term < Term)
        {
            ReplyWhenDurable(leader, new AppendResult(Term, append.Round, false, _state.Length));
            return;
        }

        Follow(leader);
        PutOffElection();
        if (append.Start > _state.Length || _state.TermBefore(append.Start) != append.PreviousTerm)
        {
            ReplyWhenDurable(leader, new AppendResult(Term, append.Round, false, WhereToTryNext(append.Start)));
            return;
        }

        for (var i = 0; i < append.Entries.Count; i++)
        {
            var position = append.Start + i;
            if (position < _state.Length && _state[position].Term != append.Entries[i].Term) _state.Truncate(position);
            if (position == _state.Length) _state.Append(append.Entries[i]);
        }

        var agreed = append.Start + append.Entries.Count;
        _committed = Math.Max(_committed, Math.Min(append.Committed, agreed));
        ReplyWhenDurable(leader, new AppendResult(Term, append.Round, true, agreed));
        Apply();
    }

    // Skips the whole term of the conflicting entry (section 5.3, last but one paragraph).
    private int WhereToTryNext(int start)
    {
        if (start > _state.Length) return _state.Length;
        var conflicting = _state.TermBefore(start);
        var position = start - 1;
        while (position > 0 && _state.TermBefore(position) == conflicting) position--;
        return position;
    }

    private void OnAppendResult(int node, AppendResult result)
    {
        if (_role != Role.Leader || result.Term != Term) return;
        var follower = _followers[node];
        follower.OnResult(result);
        if (!follower.IsInStep || follower.Next < _state.Length) SendPiece(node);
        Commit();
        ServeReads();
    }

    private void Commit()
    {
        Span<int> lengths = stackalloc int[_followers.Length];
        for (var node = 0; node < lengths.Length; node++) lengths[node] = node == Self ? _durableLength : _followers[node].Matched;
        lengths.Sort();
        var held = lengths[lengths.Length - Majority];
        if (held <= _committed) return;

        // An entry of an earlier term may still be overwritten although a majority holds it (figure 8); one of this term may not.
        if (_state.TermBefore(held) != Term && !_options.CommitOldTerm) return;
        _committed = held;
        Apply();
        ServeReads();
    }
}
