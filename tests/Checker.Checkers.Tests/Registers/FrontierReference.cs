namespace Checker.Checkers.Tests.Registers;

/// <summary>Sequential consistency by walking over all states of the processes' positions and the keys' values: for some dozens of
/// operations. Shares nothing with the algorithm.</summary>
internal static class FrontierReference
{
    public static bool Sequential(SmallHistory history) => history.Possibilities().Any(ops =>
    {
        var processes = ops.GroupBy(op => op.Process).Select(group => group.ToArray()).ToArray();
        var keys = ops.Select(op => op.Key).Distinct().Order().ToArray();
        var seen = new HashSet<string>();
        return Reach(new int[processes.Length], new long[keys.Length]);

        bool Reach(int[] at, long[] state)
        {
            if (processes.Select((process, i) => at[i] == process.Length).All(done => done)) return true;
            if (!seen.Add(string.Join(",", at) + "|" + string.Join(",", state))) return false;
            for (var i = 0; i < processes.Length; i++)
            {
                if (at[i] == processes[i].Length) continue;
                var op = processes[i][at[i]];
                var key = Array.IndexOf(keys, op.Key);
                if (op.Reads && state[key] != (op.ReadValue ?? 0)) continue;
                var (nextAt, nextState) = ((int[])at.Clone(), (long[])state.Clone());
                nextAt[i]++;
                nextState[key] = op.Written ?? nextState[key];
                if (Reach(nextAt, nextState)) return true;
            }

            return false;
        }
    });
}
