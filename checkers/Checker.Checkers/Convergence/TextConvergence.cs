using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>
/// One key of a key-value store to which texts were appended: a final read returns what the updates make in some order. What a write finds
/// is gone, so that only the appends after the last write stand in the text. A search within the budget finds which.
/// </summary>
/// <param name="judgement">The history.</param>
/// <param name="key">The key.</param>
/// <param name="reads">The values that were finally read, each with one read.</param>
internal sealed class TextConvergence(Judgement judgement, int key, IReadOnlyList<(ValueId Value, int Reader)> reads)
{
    private readonly History _history = judgement.History;
    private readonly HashSet<ValueId> _bases = [];
    private readonly List<Piece> _pieces = [];
    private bool _isWritten;
    private bool _hasUnknown;

    /// <summary>Judges it.</summary>
    public void Run()
    {
        Collect();
        var first = reads.MinBy(read => read.Reader);
        if (!_hasUnknown && reads.Any(read => read.Value != first.Value))
        {
            Disagree(first, reads.Where(read => read.Value != first.Value).MinBy(read => read.Reader));
            return;
        }

        foreach (var (value, reader) in reads.OrderBy(read => read.Reader))
        {
            if (MayBe(value) is not { } answer)
            {
                judgement.Findings.Leave($"the budget ended before it was known whether appends make {Text(value)}");
            }
            else if (!answer)
            {
                judgement.Findings.Report(new Anomaly(
                    "impossible-text",
                    [reader],
                    $"Everything was quiet from {judgement.Quiet.Text} on. After that, {judgement.Words.Full(reader)} and did not read it again. " +
                    "But no order of the updates makes that.")
                { Key = key });
                return;
            }
        }

        if (reads.Count > 1) judgement.Findings.Leave($"different texts were finally read from {judgement.ObjectText(key)}, each of them possible with other updates of unknown outcome");
    }

    private void Collect()
    {
        var pieces = new Dictionary<ValueId, Piece>();
        for (var op = 0; op < _history.Count; op++)
        {
            if (_history.Key[op] != key || !judgement.IsUpdate(op)) continue;
            var isOk = _history.Types[op] == OperationType.Ok;
            _hasUnknown |= !isOk;
            var input = _history.Input[op];
            switch (_history.Functions[op])
            {
                case Function.Append:
                    ref var piece = ref CollectionsMarshal.GetValueRefOrAddDefault(pieces, input, out _);
                    if (piece is null) _pieces.Add(piece = new Piece(_history.Values.Utf8(input).ToArray()));
                    piece.Happened += isOk ? 1 : 0;
                    piece.Most++;
                    continue;
                case Function.Delete:
                    _bases.Add(ValueId.Null);
                    break;
                case Function.Cas:
                    _bases.Add(_history.Values.Items(input)[1]);
                    break;
                default:
                    _bases.Add(input);
                    break;
            }

            _isWritten |= isOk;
        }
    }

    // Null: the budget ended.
    private bool? MayBe(ValueId value)
    {
        if (_bases.Contains(value)) return true;
        if (!_isWritten && value == judgement.Initial && _pieces.TrueForAll(static piece => piece.Happened == 0)) return true;
        if (_history.Values.Kind(value) != ValueKind.String) return false;
        var whole = _history.Values.Utf8(value).ToArray();
        foreach (var start in _bases)
        {
            var found = Continues(start, whole, all: false);
            if (found != false) return found;
        }

        return !_isWritten ? Continues(judgement.Initial, whole, all: true) : false;
    }

    private bool? Continues(ValueId start, byte[] whole, bool all)
    {
        var prefix = start.IsNull ? [] : _history.Values.Kind(start) == ValueKind.String ? _history.Values.Utf8(start).ToArray() : null;
        return prefix is not null && whole.AsSpan().StartsWith(prefix) ? Compose(whole, prefix.Length, all) : false;
    }

    // Whether pieces, each as often as it was appended at most, make the text from a place on; if all must be used, at least as often as that
    // happened. Depth first, with the choices made so far on a stack.
    private bool? Compose(byte[] text, int from, bool all)
    {
        var stack = new Stack<(int Piece, int From)>();
        var next = 0;
        while (true)
        {
            // The empty piece fits everywhere and changes nothing: it is used as often as it was appended.
            if (from == text.Length && (!all || _pieces.TrueForAll(static piece => piece.Used >= piece.Happened || piece.Text.Length == 0))) return Reset(true);
            while (next < _pieces.Count && !Fits(_pieces[next], text, from)) next++;
            if (++judgement.Findings.Steps > judgement.Options.MaxSteps || judgement.Options.Cancellation.IsCancellationRequested) return Reset(null);
            if (next < _pieces.Count)
            {
                _pieces[next].Used++;
                stack.Push((next, from));
                from += _pieces[next].Text.Length;
                next = 0;
            }
            else if (stack.TryPop(out var last))
            {
                _pieces[last.Piece].Used--;
                (next, from) = (last.Piece + 1, last.From);
            }
            else
            {
                return Reset(false);
            }
        }

        bool? Reset(bool? answer)
        {
            foreach (var piece in _pieces) piece.Used = 0;
            return answer;
        }
    }

    private static bool Fits(Piece piece, byte[] text, int from) =>
        piece.Text.Length > 0 && piece.Used < piece.Most && text.AsSpan(from).StartsWith(piece.Text);

    private void Disagree((ValueId Value, int Reader) first, (ValueId Value, int Reader) second) => judgement.Findings.Report(new Anomaly(
        "final-reads-disagree",
        [.. new[] { first.Reader, second.Reader }.Order()],
        $"Everything was quiet from {judgement.Quiet.Text} on. After that, {judgement.Words.Full(first.Reader)} and {judgement.Words.Full(second.Reader)}, and neither " +
        "read it again. All updates happened for certain: replicas that have received the same updates hold the same text; these have not converged.")
    { Key = key });

    private string Text(ValueId value) => string.Create(CultureInfo.InvariantCulture, $"a text of {Encoding.UTF8.GetString(_history.Values.Utf8(value)).Length:N0} characters");

    private sealed class Piece(byte[] text)
    {
        public byte[] Text { get; } = text;

        public int Happened { get; set; }

        public int Most { get; set; }

        public int Used { get; set; }
    }
}
