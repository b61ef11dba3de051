using Checker.Checkers.Linearizability.Problems;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>The <see cref="Links"/> of each data type.</summary>
internal static class RowLinks
{
    /// <summary>The links between the rows of an object. Of a type that is not known here every row stays.</summary>
    public static Links Of(in KeyHistory history)
    {
        var links = new Links(history.Count);
        switch (history.Type.Name)
        {
            case var _ when IsRegister(history.Type): RegisterLinks.Add(history, links); break;
            case var _ when ContainerLinks.IsContainer(history.Type): ContainerLinks.Add(history, links); break;
            case "set": SetLinks.Add(history, links); break;
            case "append-list": ListLinks.Add(history, links); break;
            case var _ when IsSum(history.Type): Sums(history, links); break;
            case "semaphore": SemaphoreLinks.Add(history, links); break;
            case "log": LogLinks.Add(history, links); break;
            case "unique-ids": SumLinks.Add(history, links); break;
            case "lock": LockLinks.Add(history, links); break;
            default: Array.Fill(links.Stays, true); break;
        }

        links.Close();
        return links;
    }

    /// <summary>Whether a type is a register, or several.</summary>
    public static bool IsRegister(DataType type) => type.Name is "register" or "cas-register" or "kv" or "multi-register" or "snapshot";

    /// <summary>Whether a type is a counter.</summary>
    public static bool IsSum(DataType type) => type.Name is "counter" or "pn-counter";

    /// <summary>
    /// Marks what the rows of a counter that are marked need, as <see cref="Dependence.AddNeeds(bool[], bool)"/> does, without a list of what goes with what.
    /// </summary>
    public static void AddNeedsOfSums(in KeyHistory history, bool[] kept)
    {
        var functions = history.Functions;
        var last = -1;
        for (var row = 0; row < kept.Length; row++)
        {
            if (kept[row] && functions[row] == Function.Read) last = Math.Max(last, history.Returns[row]);
        }

        for (var row = 0; row < kept.Length && history.Invokes[row] < last; row++) kept[row] |= functions[row] != Function.Read;
    }

    /// <summary>The function whose results alone can be wrong; null where it is not one.</summary>
    public static Function? OnlyLook(DataType type) => type.Name switch
    {
        "append-list" or "counter" or "pn-counter" => Function.Read,
        "semaphore" => Function.Acquire,
        _ => null,
    };

    // What changes the sum counts for every read that ends after it began.
    private static void Sums(in KeyHistory history, Links links)
    {
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Read) links.TakeUpTo(row, history.Returns[row]);
            else links.GiveFrom(row, history.Invokes[row]);
        }
    }
}
