using System.Security.Cryptography;
using System.Text;
using Checker.Histories;
using Checker.Histories.Formats;

namespace Checker.Harness.Runs;

/// <summary>
/// The history file that a run would write, kept in memory: its SHA-256 shows whether two runs were the same, and its lines where they were
/// not. About 100 bytes per event.
/// </summary>
public sealed class HistoryDigest : IObserver<HistoryEvent>, IDisposable
{
    private readonly MemoryStream _file = new();
    private readonly JsonLinesWriter _writer;

    /// <summary>Begins with a header.</summary>
    public HistoryDigest(HistoryHeader header)
    {
        _writer = new JsonLinesWriter(_file);
        _writer.WriteHeader(header);
    }

    /// <summary>The SHA-256 of the file so far, as 64 lower-case hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Bytes));

    private ReadOnlySpan<byte> Bytes
    {
        get
        {
            _writer.Flush();
            return _file.GetBuffer().AsSpan(0, (int)_file.Length);
        }
    }

    /// <inheritdoc/>
    public void OnNext(HistoryEvent value) => _writer.Write(value);

    /// <inheritdoc/>
    public void OnError(Exception error)
    {
    }

    /// <inheritdoc/>
    public void OnCompleted()
    {
    }

    /// <summary>Where two runs of one plan differ: nowhere, or the first differing line.</summary>
    public IReadOnlyList<RunFinding> DifferencesFrom(HistoryDigest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var mine = Bytes;
        var theirs = other.Bytes;
        if (mine.SequenceEqual(theirs)) return [];
        var common = mine.CommonPrefixLength(theirs);
        var line = mine[..common].Count((byte)'\n') + 1;
        var start = mine[..common].LastIndexOf((byte)'\n') + 1;
        return
        [
            new RunFinding(
                "not-deterministic",
                $"two runs of the same plan differ from line {line} on (SHA-256 {Sha256} and {other.Sha256}): " +
                $"{LineAt(mine, start)} against {LineAt(theirs, start)}"),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string LineAt(ReadOnlySpan<byte> bytes, int start)
    {
        var rest = bytes[start..];
        if (rest.IsEmpty) return "the end";
        var end = rest.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
