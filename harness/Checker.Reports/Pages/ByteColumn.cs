namespace Checker.Reports.Pages;

/// <summary>A column of whole numbers as bytes: seven bits each, the lowest first; signed numbers are folded (0, −1, 1, −2 …).</summary>
internal sealed class ByteColumn
{
    private readonly List<byte> _bytes = [];

    /// <summary>Appends a number from 0 on.</summary>
    public void Add(long value)
    {
        var rest = (ulong)value;
        while (rest >= 0x80)
        {
            _bytes.Add((byte)(rest | 0x80));
            rest >>= 7;
        }

        _bytes.Add((byte)rest);
    }

    /// <summary>Appends a number of either sign.</summary>
    public void AddSigned(long value) => Add((value << 1) ^ (value >> 63));

    /// <summary>The column in base64.</summary>
    public string ToBase64() => Convert.ToBase64String(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes));
}
