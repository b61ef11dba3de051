namespace Checker.Checkers.Choices;

/// <summary>
/// Finds values for variables under constraints that come to light one by one: each is a set of variables whose present values cannot all
/// stay. Complete: dynamic backtracking (Ginsberg, "Dynamic backtracking", JAIR 1, 1993). A value that is ruled out keeps the set of other
/// variables whose values rule it out, and comes back when one of those changes; memory is at most variables × values × variables.
/// </summary>
internal sealed class ChoiceSolver
{
    private readonly int[] _value;
    private readonly long[] _since;
    private readonly Dictionary<int, List<HashSet<int>?>> _ruledOut = [];
    private readonly Dictionary<int, HashSet<int>> _dependents = [];
    private readonly int[] _sizes;
    private long _now;

    /// <param name="sizes">The number of values of each variable; all begin with value 0.</param>
    public ChoiceSolver(IEnumerable<int> sizes)
    {
        _sizes = [.. sizes];
        _value = new int[_sizes.Length];
        _since = new long[_sizes.Length];
        for (var i = 0; i < _since.Length; i++) _since[i] = _now++;
    }

    /// <summary>The present values.</summary>
    public ReadOnlySpan<int> Values => _value;

    /// <summary>How many variables have had to leave their first value.</summary>
    public int Moved => _value.Count(value => value != 0);

    /// <summary>How often a value was ruled out.</summary>
    public long Backtracks { get; private set; }

    /// <summary>The variables that the last move may have given another value.</summary>
    public IReadOnlyCollection<int> Touched { get; private set; } = [];

    /// <summary>Moves on: the present values of these variables cannot all stay.</summary>
    /// <returns>False if no values are left: the constraints cannot be met.</returns>
    public bool RuleOut(IEnumerable<int> variables)
    {
        var unassigned = new List<int>();
        HashSet<int> together = [.. variables];
        while (together.Count > 0)
        {
            Backtracks++;
            var latest = together.MaxBy(variable => _since[variable]);
            together.Remove(latest);
            var slots = Slots(latest);
            slots[_value[latest]] = together;
            foreach (var other in together)
            {
                if (!_dependents.TryGetValue(other, out var dependents)) _dependents[other] = dependents = [];
                dependents.Add(latest);
            }

            Forget(latest);
            _since[latest] = _now++;
            if (TryTakeValue(latest))
            {
                foreach (var variable in unassigned)
                {
                    _since[variable] = _now++;
                    if (!TryTakeValue(variable)) throw new System.Diagnostics.UnreachableException("a value came back");
                }

                Touched = [latest, .. unassigned];
                return true;
            }

            // All values are ruled out: what rules them out cannot all stay either.
            unassigned.Insert(0, latest);
            together = [.. slots.SelectMany(slot => slot!)];
        }

        return false;
    }

    // What rested on the variable's value is open again.
    private void Forget(int variable)
    {
        if (!_dependents.Remove(variable, out var dependents)) return;
        foreach (var dependent in dependents)
        {
            var slots = _ruledOut[dependent];
            for (var i = 0; i < slots.Count; i++)
            {
                if (slots[i]?.Contains(variable) == true) slots[i] = null;
            }
        }
    }

    private bool TryTakeValue(int variable)
    {
        var slots = Slots(variable);
        var free = slots.IndexOf(null);
        if (free < 0)
        {
            if (slots.Count == _sizes[variable]) return false;
            free = slots.Count;
            slots.Add(null);
        }

        _value[variable] = free;
        return true;
    }

    // Those of the values that were tried.
    private List<HashSet<int>?> Slots(int variable)
    {
        if (!_ruledOut.TryGetValue(variable, out var slots)) _ruledOut[variable] = slots = [null];
        return slots;
    }
}
