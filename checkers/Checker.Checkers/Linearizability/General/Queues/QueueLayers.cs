namespace Checker.Checkers.Linearizability.General.Queues;

/// <summary>The configurations that wait to be carried on, by how many events have passed at both ends.</summary>
internal sealed class QueueLayers(QueueShape shape, QueueSupply supply)
{
    private readonly Dictionary<int, QueueLayer> _waiting = [];
    private readonly PriorityQueue<int, int> _order = new();
    private readonly Stack<QueueLayer> _free = [];
    private QueueLayer? _taken;

    /// <summary>What they take.</summary>
    public long Bytes
    {
        get
        {
            var bytes = _taken?.Bytes ?? 0;
            foreach (var layer in _waiting.Values) bytes += layer.Bytes;
            return bytes;
        }
    }

    /// <summary>Adds a configuration unless another one makes it needless.</summary>
    public void Add(Span<ulong> record, QueueLink? link)
    {
        var at = new QueueConfiguration(record, shape);
        var progress = at.Entered + at.Left;
        if (!_waiting.TryGetValue(progress, out var layer))
        {
            _waiting.Add(progress, layer = _free.TryPop(out var free) ? free : new QueueLayer(shape, supply));
            _order.Enqueue(progress, progress);
        }

        layer.Add(record, link);
    }

    /// <summary>Takes the layer that has come least far; false if none is left.</summary>
    public bool TryTake(out QueueLayer layer, out int progress)
    {
        layer = null!;
        if (!_order.TryDequeue(out progress, out _)) return false;
        _waiting.Remove(progress, out layer!);
        _taken = layer;
        return true;
    }

    /// <summary>Gives back a layer that was taken.</summary>
    public void Recycle(QueueLayer layer)
    {
        layer.Clear();
        _free.Push(layer);
    }

    /// <summary>Everything that waits, and a layer that was taken.</summary>
    public QueueLayer Copy(QueueLayer taken)
    {
        var copy = new QueueLayer(shape, supply);
        copy.AddAll(taken);
        foreach (var layer in _waiting.Values) copy.AddAll(layer);
        return copy;
    }
}
