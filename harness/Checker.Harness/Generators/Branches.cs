using Checker.Histories;

namespace Checker.Harness.Generators;

/// <summary>Arrays of generators that are never changed, only copied.</summary>
internal static class Branches
{
    public static T[] With<T>(this T[] branches, int index, T branch)
    {
        var copy = branches.AsSpan().ToArray();
        copy[index] = branch;
        return copy;
    }

    public static T[] WithoutAt<T>(this T[] branches, int index) => [.. branches.AsSpan(0, index), .. branches.AsSpan(index + 1)];

    public static IGenerator[] Updated(this IGenerator[] branches, in GeneratorContext context, in HistoryEvent e)
    {
        var updated = branches;
        for (var i = 0; i < branches.Length; i++)
        {
            var branch = branches[i].Update(context, e);
            if (ReferenceEquals(branch, branches[i])) continue;
            if (ReferenceEquals(updated, branches)) updated = branches.AsSpan().ToArray();
            updated[i] = branch;
        }

        return updated;
    }
}
