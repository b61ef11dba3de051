using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Consensus;

/// <summary>
/// What Raft keeps on disk (figure 2, "persistent state"): term, vote and log, with a copy in memory. What a node says to others waits for
/// <see cref="WhenDurable"/>.
/// </summary>
internal sealed class PersistentState
{
    private const string BallotCell = "ballot";
    private const string LogName = "log";
    private readonly IStorage _storage;
    private readonly bool _keepsBallot;
    private readonly List<LogEntry> _log = [];
    private long _writes = 1;
    private long _durableWrites;

    /// <summary>Reads back what is on disk.</summary>
    /// <param name="storage">The disk.</param>
    /// <param name="keepsBallot">Whether term and vote are written; false plants a bug.</param>
    public PersistentState(IStorage storage, bool keepsBallot)
    {
        _storage = storage;
        _keepsBallot = keepsBallot;
        var length = storage.Length(LogName);
        for (var i = 0; i < length; i++) _log.Add(storage.Entry<LogEntry>(LogName, i));
        Ballot = storage.Read<Ballot>(BallotCell) ?? new Ballot(0, -1);
    }

    /// <summary>The latest term, and the vote in it.</summary>
    public Ballot Ballot { get; private set; }

    /// <summary>The number of entries.</summary>
    public int Length => _log.Count;

    /// <summary>The term of the last entry; 0 if there is none.</summary>
    public long LastTerm => TermBefore(_log.Count);

    /// <summary>An entry, from 0.</summary>
    public LogEntry this[int index] => _log[index];

    /// <summary>The term of the entry before a position; 0 at the front.</summary>
    public long TermBefore(int position) => position == 0 ? 0 : _log[position - 1].Term;

    /// <summary>A copy of some entries.</summary>
    public IReadOnlyList<LogEntry> Slice(int start, int count) => count == 0 ? [] : _log.GetRange(start, count);

    /// <summary>Takes on a term and a vote.</summary>
    public void Vote(long term, int votedFor)
    {
        Ballot = new Ballot(term, votedFor);
        if (!_keepsBallot) return;
        _storage.Write(BallotCell, Ballot);
        _writes++;
    }

    /// <summary>Adds an entry.</summary>
    public void Append(LogEntry entry)
    {
        _log.Add(entry);
        _storage.Append(LogName, entry);
        _writes++;
    }

    /// <summary>Cuts the log to its first entries.</summary>
    public void Truncate(int length)
    {
        _log.RemoveRange(length, _log.Count - length);
        _storage.Truncate(LogName, length);
        _writes++;
    }

    /// <summary>Calls back when all that was written up to now survives a power loss; at once if it does already.</summary>
    public void WhenDurable(Action durable)
    {
        var writes = _writes;
        if (_durableWrites == writes)
        {
            durable();
            return;
        }

        _storage.Sync(() =>
        {
            _durableWrites = Math.Max(_durableWrites, writes);
            durable();
        });
    }
}
