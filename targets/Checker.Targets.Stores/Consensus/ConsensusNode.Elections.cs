namespace Checker.Targets.Stores.Consensus;

/// <content>Leader election (section 5.2) and who may win it (section 5.4.1).</content>
internal sealed partial class ConsensusNode
{
    private const long ElectionTimeout = 150_000_000;
    private readonly Action _onElectionTimer;
    private readonly bool[] _votes;
    private long _electionDue;

    // A different timeout each time, so that split votes are rare and do not repeat.
    private void PutOffElection() => _electionDue = _context.MonotonicClock + _context.Random.Next(ElectionTimeout, 2 * ElectionTimeout);

    private void OnElectionTimer()
    {
        if (_role == Role.Leader) PutOffElection();
        if (_context.MonotonicClock >= _electionDue) StandForElection();
        _context.After(_electionDue - _context.MonotonicClock, _onElectionTimer);
    }

    private void StandForElection()
    {
        PutOffElection();
        _state.Vote(Term + 1, Self);
        _role = Role.Candidate;
        _leader = Nobody;
        Array.Clear(_votes);
        var term = Term;
        _state.WhenDurable(() =>
        {
            if (_role != Role.Candidate || Term != term) return;
            SendToOthers(new RequestVote(term, _state.Length, _state.LastTerm));
            CountVote(Self);
        });
    }

    private void OnRequestVote(int candidate, RequestVote request)
    {
        var isUpToDate = request.LastTerm != _state.LastTerm ? request.LastTerm > _state.LastTerm : request.Length >= _state.Length;
        var isFree = _state.Ballot.VotedFor == Nobody || _state.Ballot.VotedFor == candidate;
        var granted = request.Term == Term && _role == Role.Follower && isFree && isUpToDate;
        if (granted)
        {
            if (_state.Ballot.VotedFor == Nobody) _state.Vote(Term, candidate);
            PutOffElection();
        }

        ReplyWhenDurable(candidate, new Vote(Term, granted));
    }

    private void OnVote(int voter, Vote vote)
    {
        if (_role == Role.Candidate && vote.Term == Term && vote.Granted) CountVote(voter);
    }

    private void CountVote(int voter)
    {
        _votes[voter] = true;
        if (_votes.Count(static v => v) >= Majority) Lead();
    }

    private void ReplyWhenDurable(int to, Nodes.Message message) =>
        _state.WhenDurable(() => _context.Send(EndpointId.Node(to), message));
}
