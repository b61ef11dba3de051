using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
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
            case "register" or "cas-register" or "kv" or "multi-register" or "snapshot": RegisterLinks.Add(history, links); break;
            case var _ when ContainerLinks.IsContainer(history.Type): ContainerLinks.Add(history, links); break;
            case "set": SetLinks.Add(history, links); break;
            case "append-list": Lists(history, links); break;
            case "counter" or "pn-counter": Later(history, links, Function.Read); break;
            case "semaphore": Later(history, links, Function.Acquire); break;
            case "log": LogLinks.Add(history, links); break;
            case "unique-ids": SumLinks.Add(history, links); break;
            case "lock": LockLinks.Add(history, links); break;
            default: Array.Fill(links.Stays, true); break;
        }

        return links;
    }

    private static void Lists(in KeyHistory history, Links links)
    {
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == Function.Append)
            {
                links.Share(row, history.Inputs[row]);
                continue;
            }

            foreach (var item in Malformations.ItemsOf(history.History.Values, history.Outputs[row])) links.Take(row, default, item);
        }
    }

    // What changes the sum counts for every look that ends after it began.
    private static void Later(in KeyHistory history, Links links, Function look)
    {
        for (var row = 0; row < history.Count; row++)
        {
            if (history.Functions[row] == look) links.TakesUpTo[row] = history.Returns[row];
            else links.GivesFrom[row] = history.Invokes[row];
        }
    }
}
