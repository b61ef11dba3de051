using System.Buffers.Binary;
using System.IO.Compression;

namespace Checker.Histories.Formats;

/// <summary>
/// Decompresses gzip (RFC 1952) and knows what the platform's stream does not tell: whether the input broke off
/// (<see cref="IsTruncated"/>), and whether anything but a further member follows the end.
/// </summary>
internal sealed class GzipReadStream(Stream input) : ForwardReadStream
{
    private const int HeaderLength = 10;
    private const int TrailerLength = 8;

    private readonly Source _source = new(input);
    private DeflateStream? _member;
    private uint _checksum;
    private uint _length;
    private bool _ended;

    /// <summary>Whether the input ended inside a member. Everything before was handed out.</summary>
    public bool IsTruncated { get; private set; }

    /// <exception cref="InvalidDataException">The input is not gzip, or it was changed.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_ended && !buffer.IsEmpty)
        {
            if (_member is null)
            {
                if (!ReadHeader()) break;
                _member = new DeflateStream(_source, CompressionMode.Decompress, leaveOpen: true);
                (_checksum, _length) = (0, 0);
            }

            var read = _member.Read(buffer);
            if (read > 0)
            {
                _checksum = Crc32.Append(_checksum, buffer[..read]);
                _length += (uint)read;
                return read;
            }

            _member.Dispose();
            _member = null;
            if (!ReadTrailer()) break;
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _member?.Dispose();
        base.Dispose(disposing);
    }

    private bool ReadHeader()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        var got = _source.Take(header);
        if (got == 0)
        {
            _ended = true;
            return false;
        }

        if (header[0] != 0x1F || (got > 1 && header[1] != 0x8B) || (got > 2 && header[2] != 8))
        {
            throw new InvalidDataException("bytes that are not gzip follow the end of the compressed data: expected the end of the file");
        }

        if (got < HeaderLength) return Truncate();
        var flags = header[3];
        if ((flags & 0xE0) != 0) throw new InvalidDataException("the gzip header is damaged: reserved flags are set");
        if ((flags & 4) != 0)
        {
            Span<byte> length = stackalloc byte[2];
            if (_source.Take(length) < 2) return Truncate();
            for (var i = BinaryPrimitives.ReadUInt16LittleEndian(length); i > 0; i--)
            {
                if (_source.TakeByte() < 0) return Truncate();
            }
        }

        for (var texts = ((flags >> 3) & 1) + ((flags >> 4) & 1); texts > 0; texts--)
        {
            int next;
            while ((next = _source.TakeByte()) > 0)
            {
            }

            if (next < 0) return Truncate();
        }

        if ((flags & 2) != 0 && (_source.TakeByte() < 0 || _source.TakeByte() < 0)) return Truncate();
        _source.ForgetEnd();
        return true;
    }

    // The decompressor reads ahead and does not say where its data ended: the trailer, which is known by now, marks the place.
    private bool ReadTrailer()
    {
        if (_source.GaveEnd) return Truncate();
        Span<byte> trailer = stackalloc byte[TrailerLength];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], _length);
        if (_source.RewindBehind(trailer)) return true;
        return _source.EndsWithPrefixOf(trailer)
            ? Truncate()
            : throw new InvalidDataException("the compressed data do not match their checksum: the file was damaged");
    }

    private bool Truncate()
    {
        IsTruncated = true;
        _ended = true;
        return false;
    }

    /// <summary>The input, of which the last chunk handed out can be taken back in part.</summary>
    private sealed class Source(Stream input) : ForwardReadStream
    {
        private readonly byte[] _buffer = new byte[1 << 16];
        private int _given; // where the chunk that was handed out last begins
        private int _start;
        private int _end;

        /// <summary>Whether a reader was told that the input is at its end.</summary>
        public bool GaveEnd { get; private set; }

        public void ForgetEnd()
        {
            GaveEnd = false;
            _given = _start;
        }

        public override int Read(Span<byte> buffer)
        {
            if (buffer.IsEmpty) return 0;
            _given = _start;
            if (_start == _end && !Fill())
            {
                GaveEnd = true;
                return 0;
            }

            _given = _start;
            var count = Math.Min(buffer.Length, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            return count;
        }

        public int Take(Span<byte> bytes)
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                var next = TakeByte();
                if (next < 0) return i;
                bytes[i] = (byte)next;
            }

            return bytes.Length;
        }

        public int TakeByte()
        {
            _given = _start;
            return _start < _end || Fill() ? _buffer[_start++] : -1;
        }

        /// <summary>
        /// Goes back to right behind the first occurrence of the bytes in the last chunk or across its end; to a later one if only there the
        /// end, or what may be a further member, follows: the data before may end like the trailer begins, with zeros.
        /// </summary>
        public bool RewindBehind(ReadOnlySpan<byte> trailer)
        {
            while (_end - _start < trailer.Length && Fill())
            {
            }

            var chunk = _buffer.AsSpan(_given, Math.Min(_end, _start + trailer.Length) - _given);
            var at = chunk.IndexOf(trailer);
            if (at < 0) return false;
            for (var other = at; other + trailer.Length <= chunk.Length; other++)
            {
                var behind = _given + other + trailer.Length;
                if (!chunk[other..].StartsWith(trailer) || (behind < _end && _buffer[behind] != 0x1F)) continue;
                at = other;
                break;
            }

            _start = _given + at + trailer.Length;
            return true;
        }

        /// <summary>Whether the input ends with some, but not all, of the bytes.</summary>
        public bool EndsWithPrefixOf(ReadOnlySpan<byte> trailer)
        {
            if (_end - _start >= trailer.Length) return false;
            for (var length = trailer.Length - 1; length > 0; length--)
            {
                if (_buffer.AsSpan(_given, _end - _given).EndsWith(trailer[..length])) return true;
            }

            return false;
        }

        // Keeps what lies between the last chunk's begin and the end.
        private bool Fill()
        {
            if (_given > 0)
            {
                _buffer.AsSpan(_given, _end - _given).CopyTo(_buffer);
                (_given, _start, _end) = (0, _start - _given, _end - _given);
            }

            var read = _end < _buffer.Length ? input.Read(_buffer, _end, _buffer.Length - _end) : 0;
            _end += read;
            return read > 0;
        }
    }
}
