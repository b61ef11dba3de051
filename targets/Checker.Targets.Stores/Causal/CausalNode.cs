using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets.Nodes;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Causal;

/// <summary>One replica of the causal store. The protocol is told in <see cref="CausalStore.Protocol"/>.</summary>
internal sealed class CausalNode : INode
{
    private const string LogName = "log";
    private const long Interval = 50_000_000;
    private const int Batch = 256;
    private readonly INodeContext _context;
    private readonly CausalOptions _options;

    // The log in the order of application; its first _shown entries are durable and visible.
    private readonly List<Update> _log = [];
    private readonly List<Update> _own = [];
    private readonly long[] _applied;
    private readonly long[] _durable;
    private readonly long[] _held;
    private readonly SortedDictionary<long, Update>[] _waiting;
    private readonly Dictionary<Value, List<Update>> _values = [];
    private readonly Dictionary<int, long> _latest = [];
    private bool _hasRecovered;
    private int _shown;
    private long _time;

    /// <summary>Recovers the log.</summary>
    public CausalNode(INodeContext context, CausalOptions options)
    {
        _context = context;
        _options = options;
        _applied = new long[context.NodeCount];
        _durable = new long[context.NodeCount];
        _held = new long[context.NodeCount];
        _waiting = [.. _applied.Select(static _ => new SortedDictionary<long, Update>())];
        var length = context.Storage.Length(LogName);
        for (var i = 0; i < length; i++) Add(context.Storage.Entry<Update>(LogName, i));
    }

    /// <inheritdoc/>
    public bool IsPrimary => false;

    private int Self => _context.Self.Ordinal;

    /// <inheritdoc/>
    public void Start() => Sync(() =>
    {
        _hasRecovered = true;
        Repeat();
    });

    /// <inheritdoc/>
    public void Receive(EndpointId from, Message message)
    {
        // Before it has read back its log, a node knows nothing: what it is asked is as good as lost, and will be asked again.
        if (!_hasRecovered) return;
        switch (message)
        {
            case Request { Function: Function.Read } read:
                _context.Send(from, Answer.Ok(read.Id, Read(read.Key)));
                break;
            case Request { Function: Function.Write } write:
                Write(from, write);
                break;
            case Request other:
                _context.Send(from, Answer.Fail(other.Id, "unsupported"));
                break;
            case Updates updates:
                Take(from, updates.Items);
                break;
            case UpdatesHeld held:
                _held[from.Ordinal] = Math.Max(_held[from.Ordinal], held.Count);
                break;
        }
    }

    private void Write(EndpointId client, Request write)
    {
        var latest = _latest.GetValueOrDefault(client.Value);
        if (latest > write.Id) return;
        if (latest < write.Id)
        {
            var update = new Update(Self, _applied[Self] + 1, [.. _applied], _time + 1, client.Value, write.Id, write.Key, write.Value);
            Append(update);
        }

        Sync(() =>
        {
            _context.Send(client, Answer.Ok(write.Id, write.Value));
            if (latest < write.Id) Push();
        });
    }

    private void Take(EndpointId origin, IReadOnlyList<Update> updates)
    {
        foreach (var update in updates)
        {
            if (update.Number > _applied[update.Origin]) _waiting[update.Origin][update.Number] = update;
        }

        ApplyWaiting();
        Sync(() => _context.Send(origin, new UpdatesHeld(_durable[origin.Ordinal])));
    }

    // One update may set free others, of any origin.
    private void ApplyWaiting()
    {
        bool isFree;
        do
        {
            isFree = false;
            for (var origin = 0; origin < _waiting.Length; origin++)
            {
                while (_waiting[origin].TryGetValue(_applied[origin] + 1, out var next) && IsFree(next))
                {
                    _waiting[origin].Remove(next.Number);
                    Append(next);
                    isFree = true;
                }
            }
        }
        while (isFree);
    }

    private bool IsFree(Update update)
    {
        if (!_options.ChecksDependencies) return true;
        for (var node = 0; node < _applied.Length; node++)
        {
            if (update.Depends[node] > _applied[node]) return false;
        }

        return true;
    }

    private void Append(Update update)
    {
        Add(update);
        _context.Storage.Append(LogName, update);
    }

    private void Add(Update update)
    {
        _log.Add(update);
        _applied[update.Origin] = update.Number;
        _time = Math.Max(_time, update.Time);
        if (update.Origin == Self) _latest[update.Client] = update.Id;
    }

    // Only what is durable is shown and sent, so that no power loss takes back what somebody has seen.
    private void Sync(Action durable)
    {
        var length = _log.Count;
        _context.Storage.Sync(() =>
        {
            for (; _shown < length; _shown++) Show(_log[_shown]);
            durable();
        });
    }

    private void Show(Update update)
    {
        _durable[update.Origin] = update.Number;
        if (update.Origin == Self) _own.Add(update);
        if (!_values.TryGetValue(update.Key, out var kept)) _values.Add(update.Key, kept = []);
        switch (_options.Conflicts)
        {
            case Conflicts.LastWriterWins when kept is [var other] && (other.Time, other.Origin).CompareTo((update.Time, update.Origin)) > 0:
                return;
            case Conflicts.Siblings:
                if (kept.Exists(other => Knows(other, update))) return;
                kept.RemoveAll(other => Knows(update, other));
                break;
            default:
                kept.Clear();
                break;
        }

        kept.Add(update);
    }

    private Value Read(Value key)
    {
        if (!_values.TryGetValue(key, out var kept)) return Value.Null;
        return kept.Count == 1 ? kept[0].Value : kept[_context.Random.Next(kept.Count)].Value;
    }

    // Whether an update was made by a node that had applied the other.
    private static bool Knows(Update update, Update other) => update.Depends[other.Origin] >= other.Number;

    private void Repeat()
    {
        Push();
        _context.After(Interval, Repeat);
    }

    private void Push()
    {
        for (var node = 0; node < _held.Length; node++)
        {
            var start = (int)_held[node];
            var count = Math.Min(Batch, _own.Count - start);
            if (node != Self && count > 0) _context.Send(EndpointId.Node(node), new Updates(_own.GetRange(start, count)));
        }
    }
}
