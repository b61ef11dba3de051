using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Checker.Targets;

namespace Checker.Harness.RealTime;

/// <summary>
/// The sockets of one life of one endpoint: it listens on the loopback interface, and opens one connection per receiver that it sends to, so that
/// every link keeps its order. A connection begins with the sender's id; then come frames: four bytes of length, little-endian, and as many bytes.
/// What is under way when a connection breaks is lost, as in life.
/// </summary>
internal sealed class Transport : IAsyncDisposable
{
    private const int LongestFrame = 1 << 28;
    private readonly EndpointId _self;
    private readonly Action<EndpointId, byte[]> _receive;
    private readonly Action<Exception> _fail;
    private readonly Socket _listener = NewSocket();
    private readonly CancellationTokenSource _closing = new();
    private readonly Dictionary<EndpointId, Connection> _connections = [];
    private readonly List<Task> _tasks = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="self">Who it is.</param>
    /// <param name="receive">Takes frames, on any thread; those of one sender one after another.</param>
    /// <param name="fail">Takes what should not happen.</param>
    public Transport(EndpointId self, Action<EndpointId, byte[]> receive, Action<Exception> fail)
    {
        (_self, _receive, _fail) = (self, receive, fail);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Start(AcceptAsync);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Sends a frame to whoever listens at a port.</summary>
    public void Send(EndpointId to, int port, byte[] frame)
    {
        lock (_connections)
        {
            if (_closing.IsCancellationRequested) return;
            if (!_connections.TryGetValue(to, out var connection) || connection.Port != port || connection.IsBroken)
            {
                connection?.Frames.Writer.TryComplete();
                _connections[to] = connection = new Connection(port);
                var opened = connection;
                Start(() => WriteAsync(opened));
            }

            connection.Frames.Writer.TryWrite(frame);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] tasks;
        lock (_connections)
        {
            _closing.Cancel();
            tasks = [.. _tasks];
        }

        _listener.Dispose();
        await Task.WhenAll(tasks).ConfigureAwait(false);
        _closing.Dispose();
    }

    private static Socket NewSocket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private void Start(Func<Task> work)
    {
        lock (_connections)
        {
            _tasks.RemoveAll(static task => task.IsCompleted);
            if (!_closing.IsCancellationRequested) _tasks.Add(Task.Run(() => GuardAsync(work)));
        }
    }

    // A socket that breaks or is closed is part of life here; anything else ends the run.
    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception thrown) when (thrown is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
        {
        }
        catch (Exception thrown)
        {
            _fail(thrown);
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var socket = await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false);
            Start(() => ReadAsync(socket));
        }
    }

    private async Task ReadAsync(Socket socket)
    {
        using var stream = new NetworkStream(socket, ownsSocket: true);
        using var buffered = new BufferedStream(stream, 16 << 10);
        var head = new byte[4];
        await buffered.ReadExactlyAsync(head, _closing.Token).ConfigureAwait(false);
        var from = new EndpointId(BinaryPrimitives.ReadInt32LittleEndian(head));
        while (true)
        {
            await buffered.ReadExactlyAsync(head, _closing.Token).ConfigureAwait(false);
            var length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length is < 0 or > LongestFrame) throw new InvalidDataException($"{from} sent a frame of {length} bytes to {_self}");
            var frame = new byte[length];
            await buffered.ReadExactlyAsync(frame, _closing.Token).ConfigureAwait(false);
            _receive(from, frame);
        }
    }

    private async Task WriteAsync(Connection connection)
    {
        try
        {
            using var socket = NewSocket();
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, connection.Port), _closing.Token).ConfigureAwait(false);
            using var stream = new NetworkStream(socket, ownsSocket: false);
            using var buffered = new BufferedStream(stream, 16 << 10);
            var head = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(head, _self.Value);
            await buffered.WriteAsync(head, _closing.Token).ConfigureAwait(false);
            var frames = connection.Frames.Reader;
            while (await frames.WaitToReadAsync(_closing.Token).ConfigureAwait(false))
            {
                while (frames.TryRead(out var frame))
                {
                    BinaryPrimitives.WriteInt32LittleEndian(head, frame.Length);
                    await buffered.WriteAsync(head, _closing.Token).ConfigureAwait(false);
                    await buffered.WriteAsync(frame, _closing.Token).ConfigureAwait(false);
                }

                await buffered.FlushAsync(_closing.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            connection.IsBroken = true;
        }
    }

    private sealed class Connection(int port)
    {
        private volatile bool _isBroken;

        public int Port { get; } = port;

        public Channel<byte[]> Frames { get; } = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });

        public bool IsBroken
        {
            get => _isBroken;
            set => _isBroken = value;
        }
    }
}
