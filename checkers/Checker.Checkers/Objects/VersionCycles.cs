namespace Checker.Checkers.Objects;

/// <summary>Looks for a cycle among the sources of what one operation found. O(pairs of sources).</summary>
internal static class VersionCycles
{
    /// <summary>A cycle: from one source after the other, and the update by which the next comes later; null if there is none.</summary>
    /// <param name="after">For each source those that come later, and by which update.</param>
    public static List<(int At, int By)>? Find((int To, int By)[][] after)
    {
        var state = new byte[after.Length];
        var path = new List<(int At, int By)>();
        for (var start = 0; start < after.Length; start++)
        {
            if (Visit(start) is var at and >= 0) return path[path.FindIndex(step => step.At == at)..];
        }

        return null;

        int Visit(int at)
        {
            if (state[at] != 0) return state[at] == 1 ? at : -1;
            state[at] = 1;
            foreach (var (to, by) in after[at])
            {
                path.Add((at, by));
                var found = Visit(to);
                if (found >= 0) return found;
                path.RemoveAt(path.Count - 1);
            }

            state[at] = 2;
            return -1;
        }
    }
}
