using System.Buffers;

namespace Checker.Histories.Formats;

/// <summary>
/// Cuts a stream into lines, in one pooled buffer that grows to the longest line. Decompresses gzip, which it knows by its first bytes.
/// </summary>
internal sealed class LineSource : IDisposable
{
    private const int InitialBytes = 1 << 20;

    private readonly string _file;
    private readonly int _maxLineBytes;
    private readonly GzipReadStream? _gzip;
    private readonly Stream _stream;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private bool _ended;

    public LineSource(Stream stream, string file, int maxLineBytes)
    {
        _file = file;
        _maxLineBytes = maxLineBytes;
        _buffer = ArrayPool<byte>.Shared.Rent(InitialBytes);
        var magic = new byte[2];
        var got = stream.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        _stream = new PrefixedStream(magic.AsMemory(0, got), stream);
        if (got == 2 && magic[0] == 0x1F && magic[1] == 0x8B) _stream = _gzip = new GzipReadStream(_stream);
    }

    /// <summary>The number of the line last given, from 1; before the first it is 0.</summary>
    public int Line { get; private set; }

    /// <summary>Whether the line last given ended with the file and not with a line break.</summary>
    public bool IsUnterminated { get; private set; }

    /// <summary>Whether the input is gzip that breaks off. Known at its end.</summary>
    public bool IsTruncated => _gzip is { IsTruncated: true };

    /// <summary>The next line without its line feed; valid until the next call.</summary>
    /// <exception cref="HistoryFormatException">The line is too long, or the compressed data are damaged.</exception>
    public bool TryNext(out ReadOnlySpan<byte> line)
    {
        var scanned = 0;
        while (true)
        {
            var length = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += scanned;
                if (length > _maxLineBytes) throw TooLong();
                line = _buffer.AsSpan(_start, length);
                _start += length + 1;
                Line++;
                return true;
            }

            scanned = _end - _start;
            if (_ended || !Fill())
            {
                line = _buffer.AsSpan(_start, scanned);
                _start = _end;
                if (scanned == 0) return false;
                Line++;
                IsUnterminated = true;
                return true;
            }
        }
    }

    /// <summary>What is buffered and not yet taken: at least so many bytes that are no white space, unless the input ends before.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (Unread.TrimStart(" \t\r\n"u8).Length < count && Fill())
        {
        }

        return Unread;
    }

    /// <summary>What is buffered and not yet taken.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Takes bytes off the front of <see cref="Unread"/>, and counts the lines in them.</summary>
    public void Take(int count)
    {
        Line += _buffer.AsSpan(_start, count).Count((byte)'\n');
        _start += count;
    }

    /// <summary>Buffers more. False at the end of the input.</summary>
    /// <exception cref="HistoryFormatException">What is not yet taken is too long, or the compressed data are damaged.</exception>
    public bool Fill()
    {
        if (_ended) return false;
        if (_end - _start > _maxLineBytes) throw TooLong();
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * _buffer.Length, Array.MaxLength));
            Buffer.BlockCopy(_buffer, 0, larger, 0, _end);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        int read;
        try
        {
            read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException damaged)
        {
            var problem = $"damaged gzip, the compressed data cannot be read from here on: {damaged.Message}";
            throw new HistoryFormatException(_file, Line + 1, problem, damaged);
        }

        _end += read;
        _ended = read == 0;
        return read > 0;
    }

    public void Dispose()
    {
        _gzip?.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private HistoryFormatException TooLong() => new(_file, Line + 1, $"longer than {_maxLineBytes} bytes: expected one event");

    /// <summary>A stream with the bytes that were read off its front to look at them.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ForwardReadStream
    {
        private ReadOnlyMemory<byte> _prefix = prefix;

        public override int Read(Span<byte> buffer)
        {
            if (_prefix.IsEmpty) return rest.Read(buffer);
            var taken = Math.Min(buffer.Length, _prefix.Length);
            _prefix.Span[..taken].CopyTo(buffer);
            _prefix = _prefix[taken..];
            return taken;
        }
    }
}
