using System.IO.Compression;
using Checker.Histories.Formats;

namespace Checker.Histories.Recording;

/// <summary>
/// Records events to a file as they happen. Whatever was recorded before <see cref="Flush"/> returned can be read after the process is
/// killed; what was recorded later may be missing from some point on, and at most the last line is torn.
/// </summary>
/// <remarks>
/// Subscribe it to the stream of events, or call <see cref="OnNext"/>. One thread at a time, as for every observer. When the file cannot be
/// written the exception goes to the caller: a history with a hole would be worse than none.
/// </remarks>
public sealed class HistoryRecorder : IObserver<HistoryEvent>, IDisposable
{
    private readonly FileStream _file;
    private readonly GZipStream? _gzip;
    private readonly JsonLinesWriter _writer;
    private readonly bool _surviveCrash;
    private bool _disposed;

    /// <summary>Creates the file, or replaces it, and writes the header. The header is flushed.</summary>
    /// <param name="path">The file; a name that ends in <c>.gz</c> is compressed, at the price of some size for every flush.</param>
    /// <param name="header">What is known of the run; null writes no header.</param>
    /// <param name="durability">What a flush survives; by default a kill of the process, but not a loss of power.</param>
    /// <exception cref="IOException">The file cannot be created or written.</exception>
    public HistoryRecorder(string path, HistoryHeader? header = null, RecordingDurability durability = RecordingDurability.Process)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _surviveCrash = durability == RecordingDurability.Machine;
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            _gzip = new GZipStream(_file, CompressionLevel.Fastest, leaveOpen: true);
        }

        _writer = new JsonLinesWriter((Stream?)_gzip ?? _file);
        if (header is null) return;
        try
        {
            _writer.WriteHeader(header);
            Flush();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Records an event. It is buffered until the next flush, or until 64 KiB have come together.</summary>
    /// <exception cref="ArgumentException">The event could not be read back, see <see cref="JsonLinesWriter"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnNext(HistoryEvent value)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _writer.Write(value);
    }

    /// <summary>
    /// Hands every recorded event to the operating system, or to the disk if <see cref="RecordingDurability.Machine"/> was asked for.
    /// </summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Flush()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _writer.Flush();
        if (_surviveCrash) _file.Flush(flushToDisk: true);
    }

    /// <summary>Flushes.</summary>
    public void OnCompleted() => Flush();

    /// <summary>Flushes: the events before the error are kept.</summary>
    public void OnError(Exception error) => Flush();

    /// <summary>Flushes and closes the file.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        try
        {
            Flush();
            _gzip?.Dispose();
            if (_surviveCrash && _gzip is not null) _file.Flush(flushToDisk: true);
        }
        finally
        {
            _disposed = true;
            _file.Dispose();
        }
    }
}
