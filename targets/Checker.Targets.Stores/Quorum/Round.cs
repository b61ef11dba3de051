using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Quorum;

/// <summary>What one replica answered in a round.</summary>
/// <param name="Node">The replica.</param>
/// <param name="Content">Its value, in a round that loads.</param>
internal readonly record struct RoundAnswer(int Node, VersionedValue Content);

/// <summary>One question to all replicas, repeated to the silent ones, until a quorum has answered or nobody waits any more.</summary>
/// <param name="context">The coordinator's door.</param>
/// <param name="question">What every replica is asked.</param>
/// <param name="quorum">So many answers are enough.</param>
/// <param name="send">Sends to a replica.</param>
internal sealed class Round(INodeContext context, Message question, int quorum, Action<int, Message> send)
{
    private const long RepeatInterval = 100_000_000;
    private const int Repeats = (int)(RequestClient.Timeout / RepeatInterval);
    private readonly List<RoundAnswer> _answers = [];
    private Action<IReadOnlyList<RoundAnswer>?>? _done;
    private ITimerHandle? _repeat;
    private int _repeats;

    /// <summary>Asks everybody.</summary>
    /// <param name="done">Called once: with the answers of a quorum, or with null after about the time that a client waits.</param>
    public void Start(Action<IReadOnlyList<RoundAnswer>?> done)
    {
        _done = done;
        for (var node = 0; node < context.NodeCount; node++) send(node, question);
        if (_done is not null) _repeat = context.After(RepeatInterval, Repeat);
    }

    /// <summary>A replica has answered, perhaps not for the first time.</summary>
    public void Take(int node, VersionedValue content)
    {
        if (_done is null || HasAnswered(node)) return;
        _answers.Add(new RoundAnswer(node, content));
        if (_answers.Count == quorum) Finish(_answers);
    }

    private bool HasAnswered(int node) => _answers.Exists(a => a.Node == node);

    private void Repeat()
    {
        if (_done is null) return;
        if (++_repeats > Repeats)
        {
            Finish(null);
            return;
        }

        for (var node = 0; node < context.NodeCount; node++)
        {
            if (!HasAnswered(node)) send(node, question);
        }

        if (_done is not null) _repeat = context.After(RepeatInterval, Repeat);
    }

    private void Finish(IReadOnlyList<RoundAnswer>? answers)
    {
        var done = _done!;
        _done = null;
        _repeat?.Cancel();
        done(answers);
    }
}
