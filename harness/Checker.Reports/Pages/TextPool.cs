using Checker.Histories.Values;

namespace Checker.Reports.Pages;

/// <summary>The values of the operations that a report carries, as text, each once. Small integers need no text.</summary>
/// <param name="values">The table that ids refer to.</param>
internal sealed class TextPool(ValueTable values)
{
    private const int Budget = 1_200_000;
    private const int LongText = 4000;
    private const long LargestNumber = (1L << 52) - 1;

    private readonly Dictionary<ValueId, int> _numbers = [];
    private readonly List<string> _texts = [];
    private int _length;

    /// <summary>The texts, by number.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>How many texts were cut.</summary>
    public int Cut { get; private set; }

    /// <summary>
    /// Writes a value into a column: 0 is null; an odd number carries an integer; an even one from 2 on is the text of that number.
    /// </summary>
    /// <param name="column">The column.</param>
    /// <param name="id">The value.</param>
    /// <param name="important">Whether the text may be long: it belongs to an anomaly.</param>
    public void Write(ByteColumn column, ValueId id, bool important)
    {
        if (id.IsNull)
        {
            column.Add(0);
            return;
        }

        if (values.TryGetInteger(id, out var integer) && Math.Abs(integer) < LargestNumber / 2)
        {
            var folded = (integer << 1) ^ (integer >> 63);
            column.Add((folded << 1) | 1);
            return;
        }

        column.Add(2L * (1 + Number(id, important)));
    }

    private int Number(ValueId id, bool important)
    {
        if (_numbers.TryGetValue(id, out var number)) return number;
        // Long values are cut, the harder the fuller the pool: a report of a thousand long lists must still open.
        var limit = important ? LongText : _length < Budget / 2 ? 300 : _length < Budget ? 80 : 24;
        var text = values.Get(id).ToString();
        if (text.Length > limit) Cut++;
        text = DisplayText.Of(text, limit);
        _length += text.Length;
        _numbers.Add(id, _texts.Count);
        _texts.Add(text);
        return _texts.Count - 1;
    }
}
