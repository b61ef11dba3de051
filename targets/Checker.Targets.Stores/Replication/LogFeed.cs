using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Replication;

/// <summary>
/// The primary's side of replication: sends every replica the log in order, again after a silence. Only what is durable here is sent, so a
/// replica's log is always a front piece of the primary's, whatever crashes.
/// </summary>
internal sealed class LogFeed
{
    private const long Interval = 50_000_000;
    private const long MostSilence = 4 * Interval;
    private const int Batch = 256;
    private readonly INodeContext _context;
    private readonly DurableLog _log;
    private readonly Func<int> _committed;
    private readonly int[] _copied;
    private readonly int[] _sent;
    private readonly long[] _heard;
    private readonly bool _repeats;
    private readonly Action _onInterval;

    /// <summary>Sets up, for a primary that has not sent anything yet.</summary>
    /// <param name="context">The primary's door.</param>
    /// <param name="log">The primary's log.</param>
    /// <param name="committed">How many entries are committed now.</param>
    /// <param name="repeats">Whether what a replica has not reported is sent again; false plants the bug of sending everything once.</param>
    public LogFeed(INodeContext context, DurableLog log, Func<int> committed, bool repeats = true)
    {
        _repeats = repeats;
        _context = context;
        _log = log;
        _committed = committed;
        _copied = new int[context.NodeCount];
        _sent = new int[context.NodeCount];
        _heard = new long[context.NodeCount];
        _onInterval = OnInterval;
    }

    /// <summary>So many entries are durable at every node.</summary>
    public int Everywhere
    {
        get
        {
            var least = _log.Durable;
            for (var node = 0; node < _copied.Length; node++)
            {
                if (node != _context.Self.Ordinal) least = Math.Min(least, _copied[node]);
            }

            return least;
        }
    }

    /// <summary>Whether some replica has not been heard of for a while.</summary>
    public bool IsReplicaAway
    {
        get
        {
            var now = _context.MonotonicClock;
            for (var node = 0; node < _heard.Length; node++)
            {
                if (node != _context.Self.Ordinal && now - _heard[node] > MostSilence) return true;
            }

            return false;
        }
    }

    /// <summary>Starts with an empty piece: the answers tell where each replica's copy ends.</summary>
    public void Start()
    {
        Array.Fill(_sent, _log.Durable);
        Array.Fill(_heard, _context.MonotonicClock);
        for (var node = 0; node < _sent.Length; node++) Send(node);
        _context.After(Interval, _onInterval);
    }

    /// <summary>Sends everyone what they have not been sent.</summary>
    public void Push()
    {
        for (var node = 0; node < _sent.Length; node++)
        {
            if (_sent[node] < _log.Durable) Send(node);
        }
    }

    /// <summary>A replica has told how far it is. Late and repeated reports do no harm: durable entries stay.</summary>
    public void OnCopied(int replica, int length)
    {
        _heard[replica] = _context.MonotonicClock;
        _copied[replica] = Math.Max(_copied[replica], length);
        _sent[replica] = Math.Max(_sent[replica], _copied[replica]);
    }

    private void OnInterval()
    {
        for (var node = 0; node < _sent.Length; node++)
        {
            if (_repeats) _sent[node] = _copied[node];
            Send(node);
        }

        _context.After(Interval, _onInterval);
    }

    private void Send(int node)
    {
        if (node == _context.Self.Ordinal) return;
        var start = _sent[node];
        var count = Math.Min(Batch, _log.Durable - start);
        _sent[node] = start + count;
        _context.Send(EndpointId.Node(node), new CopyLog(start, _log.Slice(start, count), _committed()));
    }
}
