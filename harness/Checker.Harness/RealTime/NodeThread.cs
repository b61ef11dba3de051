using Checker.Harness.Worlds;
using Checker.Targets;

namespace Checker.Harness.RealTime;

/// <summary>One node in the real world: its machine, its host, and the thread that both live on.</summary>
internal sealed class NodeThread : IAsyncDisposable
{
    private readonly EventLoop _loop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isStopping;
    private volatile bool _isPrimary;

    /// <summary>Starts the thread; the node is created and started later.</summary>
    public NodeThread(RealTimeCluster cluster, EndpointId id, Latency sync)
    {
        _loop = new EventLoop(() => cluster.World.Now);
        Host = new RealTimeHost(cluster, id, _loop);
        Machine = new Machine(Host, id, sync);
        Host.Receiver = Machine;
        _loop.Deliver = item => Host.Deliver(item);
        new Thread(() => Live(cluster)) { IsBackground = true, Name = id.ToString() }.Start();
    }

    /// <summary>What the machine stands on.</summary>
    public RealTimeHost Host { get; }

    /// <summary>The machine; to be used on its thread only.</summary>
    public Machine Machine { get; }

    /// <summary>Whether the node believed itself primary when it last did something. Read from any thread.</summary>
    public bool IsPrimary => _isPrimary;

    /// <summary>Does something with the machine, on its thread.</summary>
    public async ValueTask<T> Ask<T>(Func<Machine, T> question)
    {
        T answer = default!;
        await _loop.Invoke(() =>
        {
            answer = question(Machine);
            _isPrimary = Machine.IsPrimary;
        }).ConfigureAwait(false);
        return answer;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isStopping = true;
        _loop.Post(static () => { });
        await _ended.Task.ConfigureAwait(false);
        await Host.DisposeAsync().ConfigureAwait(false);
    }

    private void Live(RealTimeCluster cluster)
    {
        try
        {
            _loop.Run(() =>
            {
                _isPrimary = Machine.IsPrimary;
                return _isStopping;
            });
        }
        catch (Exception thrown)
        {
            cluster.World.Fail(thrown);
        }

        _ended.SetResult();
    }
}
