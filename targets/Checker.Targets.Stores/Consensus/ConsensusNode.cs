using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Commands;

namespace Checker.Targets.Stores.Consensus;

/// <summary>
/// One Raft server (Ongaro and Ousterhout 2014, figure 2). Logs and positions count from 0, so a position is also the number of entries
/// before it.
/// This part holds the state and the rules for terms; the other parts are elections, replication, and serving clients.
/// </summary>
internal sealed partial class ConsensusNode : INode
{
    private const int Nobody = -1;
    private readonly INodeContext _context;
    private readonly ConsensusOptions _options;
    private readonly PersistentState _state;
    private readonly KeyValueMachine _machine;
    private readonly Follower[] _followers;
    private Role _role = Role.Follower;
    private int _leader = Nobody;
    private int _committed;
    private int _applied;

    /// <summary>Recovers term, vote and log; what of the log is committed has to be learned anew.</summary>
    public ConsensusNode(INodeContext context, ConsensusOptions options)
    {
        _context = context;
        _options = options;
        _state = new PersistentState(context.Storage, !options.VoteWithoutPersisting);
        _machine = new KeyValueMachine(!options.ApplyTwice);
        _followers = new Follower[context.NodeCount];
        for (var node = 0; node < _followers.Length; node++) _followers[node] = new Follower();
        _votes = new bool[context.NodeCount];
        _onElectionTimer = OnElectionTimer;
    }

    private enum Role
    {
        Follower,
        Candidate,
        Leader,
    }

    /// <inheritdoc/>
    public bool IsPrimary => _role == Role.Leader;

    private int Self => _context.Self.Ordinal;

    private int Majority => (_context.NodeCount / 2) + 1;

    private long Term => _state.Ballot.Term;

    /// <inheritdoc/>
    public void Start()
    {
        PutOffElection();
        _context.After(_electionDue - _context.MonotonicClock, _onElectionTimer);
    }

    /// <inheritdoc/>
    public void Receive(EndpointId from, Message message)
    {
        switch (message)
        {
            case Request request:
                OnRequest(from, request);
                break;
            case Probe probe:
                _context.Send(from, new Redirect(probe.Id, _leader));
                break;
            case AppendEntries append:
                EnterTerm(append.Term);
                OnAppendEntries(from.Ordinal, append);
                break;
            case AppendResult result:
                EnterTerm(result.Term);
                OnAppendResult(from.Ordinal, result);
                break;
            case RequestVote request:
                EnterTerm(request.Term);
                OnRequestVote(from.Ordinal, request);
                break;
            case Vote vote:
                EnterTerm(vote.Term);
                OnVote(from.Ordinal, vote);
                break;
        }
    }

    // Any message of a later term ends what this node was in the earlier one (section 5.1).
    private void EnterTerm(long term)
    {
        if (term <= Term) return;
        _state.Vote(term, Nobody);
        Follow(Nobody);
    }

    private void Follow(int leader)
    {
        if (_role == Role.Leader) StopServing();
        _role = Role.Follower;
        _leader = leader;
    }

    private void SendToOthers(Message message)
    {
        for (var node = 0; node < _context.NodeCount; node++)
        {
            if (node != Self) _context.Send(EndpointId.Node(node), message);
        }
    }
}
