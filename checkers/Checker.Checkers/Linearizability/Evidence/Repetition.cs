using System.Runtime.InteropServices;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>The elements of a container or a set that come again.</summary>
internal static class Repetition
{
    /// <summary>Those that were inserted more than once, or were there and were inserted; of a set also those that were inserted and removed. O(rows).</summary>
    /// <param name="history">The operations.</param>
    /// <param name="among">The elements that count; null for all.</param>
    public static HashSet<ValueId> Of(in KeyHistory history, FewElements? among = null)
    {
        var known = new Dictionary<ValueId, bool>(); // whether more than once
        foreach (var element in Malformations.ItemsOf(history.History.Values, history.Initial)) Count(element);
        var functions = history.Functions;
        var inputs = history.Inputs;
        for (var row = 0; row < functions.Length; row++)
        {
            if (Changes(functions[row])) Count(inputs[row]);
        }

        return [.. known.Where(element => element.Value).Select(element => element.Key)];

        void Count(ValueId element)
        {
            if (among?.Contains(element) != false) CollectionsMarshal.GetValueRefOrAddDefault(known, element, out var again) = again;
        }
    }

    /// <summary>Whether something inserts the element that it is given, or of a set removes it.</summary>
    public static bool Changes(Function function) => function is Function.Add or Function.Remove || ContainerLinks.IsInsertion(function);
}
