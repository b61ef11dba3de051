using Checker.Targets.Nodes;
using Checker.Targets.Stores.Commands;

namespace Checker.Targets.Stores.Replication;

/// <summary>A log that only grows: all of it in memory, on disk, and how much of it would survive a power loss.</summary>
internal sealed class DurableLog
{
    private const string Name = "log";
    private readonly IStorage _storage;
    private readonly List<Command> _entries = [];
    private readonly Dictionary<int, long> _lastIds = [];

    /// <summary>Reads back what is on disk. Nothing of it counts as durable before the first <see cref="Sync"/>.</summary>
    public DurableLog(IStorage storage)
    {
        _storage = storage;
        var length = storage.Length(Name);
        for (var i = 0; i < length; i++) Add(storage.Entry<Command>(Name, i));
    }

    /// <summary>The number of entries.</summary>
    public int Length => _entries.Count;

    /// <summary>So many entries at the front survive a power loss.</summary>
    public int Durable { get; private set; }

    /// <summary>An entry, from 0.</summary>
    public Command this[int index] => _entries[index];

    /// <summary>A copy of some entries.</summary>
    public IReadOnlyList<Command> Slice(int start, int count) => _entries.GetRange(start, count);

    /// <summary>The number of the client's last request in the log; 0 if there is none.</summary>
    public long LastOf(int client) => _lastIds.GetValueOrDefault(client);

    /// <summary>Adds an entry.</summary>
    public void Append(Command command)
    {
        Add(command);
        _storage.Append(Name, command);
    }

    /// <summary>Makes the log durable as far as it goes now, then calls back.</summary>
    public void Sync(Action durable)
    {
        var length = Length;
        _storage.Sync(() =>
        {
            Durable = Math.Max(Durable, length);
            durable();
        });
    }

    private void Add(Command command)
    {
        _entries.Add(command);
        _lastIds[command.Client] = Math.Max(LastOf(command.Client), command.Id);
    }
}
