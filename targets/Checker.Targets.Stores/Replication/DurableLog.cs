using Checker.Targets.Nodes;
using Checker.Targets.Stores.Commands;

namespace Checker.Targets.Stores.Replication;

/// <summary>A log that only grows: all of it in memory, on disk, and how much of it would survive a power loss.</summary>
internal sealed class DurableLog
{
    private const string Name = "log";
    private readonly IStorage _storage;
    private readonly List<Command> _entries = [];

    /// <summary>Reads back what is on disk. Nothing of it counts as durable before the first <see cref="Sync"/>.</summary>
    public DurableLog(IStorage storage)
    {
        _storage = storage;
        var length = storage.Length(Name);
        for (var i = 0; i < length; i++) _entries.Add(storage.Entry<Command>(Name, i));
    }

    /// <summary>The number of entries.</summary>
    public int Length => _entries.Count;

    /// <summary>So many entries at the front survive a power loss.</summary>
    public int Durable { get; private set; }

    /// <summary>An entry, from 0.</summary>
    public Command this[int index] => _entries[index];

    /// <summary>A copy of some entries.</summary>
    public IReadOnlyList<Command> Slice(int start, int count) => _entries.GetRange(start, count);

    /// <summary>Adds an entry.</summary>
    public void Append(Command command)
    {
        _entries.Add(command);
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
}
