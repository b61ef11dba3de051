using Checker.Histories;
using Checker.Targets.Stores.Clients;
using Checker.Targets.Stores.Commands;

namespace Checker.Targets.Stores.Consensus;

/// <content>Serving clients: commands through the log, reads by read-index (Ongaro's thesis, section 6.4).</content>
internal sealed partial class ConsensusNode
{
    private readonly Dictionary<int, long> _waiting = [];
    private readonly Queue<WaitingRead> _reads = [];
    private bool _hasReadsForNextRound;

    // Until then a leader does not know which entries of its log are committed (Ongaro's thesis, section 6.4, step 1).
    private bool HasSettledEarlierTerms => _committed >= _termStart;

    private void OnRequest(EndpointId client, Request request)
    {
        if (_role != Role.Leader) _context.Send(client, new Redirect(request.Id, _leader));
        else if (request.Function != Function.Read || _options.ReadsThroughLog) OnCommand(client, request);
        else if (_options.StaleRead) AnswerRead(client, request);
        else OnRead(client, request);
    }

    private void OnCommand(EndpointId client, Request request)
    {
        if (!_options.ApplyTwice && _machine.IsKnown(client.Value, request.Id, out var answer))
        {
            if (answer is not null) _context.Send(client, answer);
            return;
        }

        if (_waiting.TryGetValue(client.Value, out var latest) && latest >= request.Id) return;
        if (_context.MonotonicClock < _takesCommandsFrom) return;
        _waiting[client.Value] = request.Id;
        _state.Append(new LogEntry(Term, new Command(client.Value, request.Id, request.Function, request.Key, request.Value)));
        for (var node = 0; node < _followers.Length; node++)
        {
            if (_followers[node].IsInStep) SendPiece(node);
        }

        SyncOwnLog();
        if (_options.AcknowledgeBeforeCommit && request.Function == Function.Write) _context.Send(client, Answer.Ok(request.Id, request.Value));
    }

    // The read waits for a heartbeat round that starts after it has come, so that no later leader was at work before. Reads that come
    // while a
    // round is on its way share the next one.
    private void OnRead(EndpointId client, Request read)
    {
        var isRoundOpen = _reads.Count > 0;
        _reads.Enqueue(new WaitingRead(client, read, _round + 1));
        if (isRoundOpen) _hasReadsForNextRound = true;
        else SendRound();
        ServeReads();
    }

    private void ServeReads()
    {
        if (_reads.Count == 0 || !HasSettledEarlierTerms) return;
        var confirmed = ConfirmedRound();
        while (_reads.TryPeek(out var waiting) && waiting.Round <= confirmed)
        {
            _reads.Dequeue();
            AnswerRead(waiting.Client, waiting.Read);
        }

        if (!_hasReadsForNextRound || confirmed < _round) return;
        _hasReadsForNextRound = false;
        SendRound();
    }

    private long ConfirmedRound()
    {
        Span<long> rounds = stackalloc long[_followers.Length];
        for (var node = 0; node < rounds.Length; node++) rounds[node] = node == Self ? _round : _followers[node].Round;
        rounds.Sort();
        return rounds[rounds.Length - Majority];
    }

    private void AnswerRead(EndpointId client, Request read) => _context.Send(client, Answer.Ok(read.Id, _machine.Read(read.Key)));

    private void Apply()
    {
        for (; _applied < Math.Min(_committed, _state.Length); _applied++)
        {
            if (_state[_applied].Command is not { } command) continue;
            var answer = _machine.Apply(command);
            if (answer is null || _waiting.GetValueOrDefault(command.Client) != command.Id) continue;
            _waiting.Remove(command.Client);
            _context.Send(new EndpointId(command.Client), answer);
        }
    }

    private void StopServing()
    {
        _waiting.Clear();
        _reads.Clear();
        _hasReadsForNextRound = false;
    }

    private readonly record struct WaitingRead(EndpointId Client, Request Read, long Round);
}
