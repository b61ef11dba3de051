using Checker.Histories.Values;
using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Quorum;

/// <summary>
/// The storing half of a node. It shows only what is durable, so that a reader who finds a version at a quorum can rely on it.
/// </summary>
internal sealed class Replica
{
    private const long FlushInterval = 1_000_000_000;
    private readonly INodeContext _context;
    private readonly bool _volatile;
    private readonly Dictionary<Value, VersionedValue> _durable = [];
    private readonly Dictionary<Value, VersionedValue> _written = [];

    /// <summary>Sets up; values are read from disk when they are first asked for.</summary>
    /// <param name="context">The node's door.</param>
    /// <param name="isVolatile">Bug: answers before syncing, and syncs once a second only.</param>
    public Replica(INodeContext context, bool isVolatile)
    {
        _context = context;
        _volatile = isVolatile;
        if (isVolatile) Flush();
    }

    /// <summary>The durable value of a key.</summary>
    public VersionedValue Load(Value key)
    {
        if (_durable.TryGetValue(key, out var content)) return content;

        // Nothing was written to the key since the start, and the start has synced: what lies on disk is durable.
        content = _context.Storage.Read<VersionedValue>(Cell(key)) ?? VersionedValue.None;
        _durable[key] = content;
        return content;
    }

    /// <summary>Stores a value unless a newer one is there; calls back when that one or a newer one is durable.</summary>
    public void Store(Value key, VersionedValue content, Action stored)
    {
        var durable = Load(key);
        if (durable.Version.CompareTo(content.Version) >= 0)
        {
            stored();
            return;
        }

        if (!_written.TryGetValue(key, out var written) || written.Version.CompareTo(content.Version) < 0)
        {
            _written[key] = content;
            _context.Storage.Write(Cell(key), content);
        }

        if (_volatile)
        {
            MarkDurable(key, content);
            stored();
            return;
        }

        _context.Storage.Sync(() =>
        {
            MarkDurable(key, content);
            stored();
        });
    }

    private static string Cell(Value key) => "key:" + key;

    private void MarkDurable(Value key, VersionedValue content)
    {
        if (_durable[key].Version.CompareTo(content.Version) < 0) _durable[key] = content;
    }

    private void Flush() => _context.After(FlushInterval, () => _context.Storage.Sync(Flush));
}
