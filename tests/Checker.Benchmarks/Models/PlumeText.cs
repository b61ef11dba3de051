using System.Globalization;
using System.Text;
using Checker.Histories;

namespace Checker.Benchmarks.Models;

/// <summary>
/// Writes a history of reads and writes in the text that the transactional checkers Plume and AWDIT read: one line
/// <c>r(key,value,session,transaction)</c> or <c>w(…)</c> an operation, each a transaction of its own. Values are integers above 0; what nobody
/// wrote reads as 0.
/// </summary>
internal static class PlumeText
{
    public static void Write(History history, string file)
    {
        using var writer = new StreamWriter(file, append: false, Encoding.ASCII, bufferSize: 1 << 16);
        for (var i = 0; i < history.Count; i++)
        {
            var isRead = history.Functions[i] == Function.Read;
            var value = isRead ? history.Output[i] : history.Input[i];
            if (history.Types[i] != OperationType.Ok || !(isRead || history.Functions[i] == Function.Write))
                throw new InvalidOperationException($"operation {i}: expected an ok read or write");
            if (!history.Values.TryGetInteger(value, out var integer) && !value.IsNull)
                throw new InvalidOperationException($"operation {i}: expected an integer");
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $"{(isRead ? 'r' : 'w')}({history.Key[i]},{integer},{history.Process[i]},{i})\n"));
        }
    }
}
