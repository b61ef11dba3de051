using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Tests.Pumps;

/// <summary>The door of one node or client; after a crash it lets nothing through any more.</summary>
internal sealed class PumpEndpoint(Pump pump, EndpointId self, int nodeCount, PumpStorage? disk) : INodeContext
{
    public bool IsAlive { get; set; } = true;

    public long WallOffset { get; set; }

    public EndpointId Self => self;

    public int NodeCount => nodeCount;

    public long WallClock => pump.Now + WallOffset;

    public long MonotonicClock => pump.Now;

    public SeededRandom Random { get; } = new SeededRandom(7).Split("endpoint", self.Value);

    public Action<EndpointId, Message>? OnReceive { get; set; }

    public IStorage Storage { get; } = disk is null ? new PumpStorage() : new SyncedStorage(pump, disk);

    public void Send(EndpointId to, Message message)
    {
        if (IsAlive) pump.Send(self, to, message);
    }

    public ITimerHandle After(long nanoseconds, Action callback)
    {
        var timer = new Timer(this, callback);
        pump.Schedule(nanoseconds, timer.Fire);
        return timer;
    }

    public void Log(string line)
    {
    }

    private sealed class Timer(PumpEndpoint owner, Action callback) : ITimerHandle
    {
        public bool IsPending { get; private set; } = true;

        public void Cancel() => IsPending = false;

        public void Fire()
        {
            if (!IsPending || !owner.IsAlive) return;
            IsPending = false;
            callback();
        }
    }

    // A sync of a crashed node never calls back.
    private sealed class SyncedStorage : IStorage
    {
        private readonly Pump _pump;
        private readonly PumpStorage _disk;

        public SyncedStorage(Pump pump, PumpStorage disk)
        {
            _pump = pump;
            _disk = disk;
            Epoch = ++disk.Epoch;
        }

        private int Epoch { get; }

        public T? Read<T>(string cell)
            where T : class => _disk.Read<T>(cell);

        public void Write<T>(string cell, T content)
            where T : class => _disk.Write(cell, content);

        public int Length(string log) => _disk.Length(log);

        public T Entry<T>(string log, int index)
            where T : class => _disk.Entry<T>(log, index);

        public void Append<T>(string log, T entry)
            where T : class => _disk.Append(log, entry);

        public void Truncate(string log, int length) => _disk.Truncate(log, length);

        public void Sync(Action durable)
        {
            var snapshot = _disk.Snapshot();
            _pump.Schedule(Pump.Millisecond / 2, () =>
            {
                if (_disk.Epoch != Epoch) return;
                _disk.Keep(snapshot);
                durable();
            });
        }
    }
}
