namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>A return that is due: what is open then, and which operations may serve.</summary>
internal sealed class StackMoment(StackProblem problem, StackUses uses)
{
    private readonly List<int> _byReturn = []; // those that are open
    private int _due;

    /// <summary>What is open and was invoked since the return before.</summary>
    public ulong Invoked { get; private set; }

    /// <summary>The operation that is due.</summary>
    public ref readonly StackOperation Due => ref problem[_due];

    /// <summary>The slot of what is due, as a bit.</summary>
    public ulong DueSlot => 1UL << Due.Slot;

    /// <summary>
    /// The earliest time from which a push, once what is due is over, need not be told any more: just after the last invocation before it of what is still open
    /// or of a pop of unknown outcome; 0 if nothing that will return and was invoked before it is still open.
    /// </summary>
    /// <param name="time">When something was pushed.</param>
    public int Age(int time)
    {
        var last = -1;
        foreach (var number in _byReturn)
        {
            if (number != _due && problem[number].Invoke < time) last = Math.Max(last, problem[number].Invoke);
        }

        return last < 0 ? 0 : Math.Max(last, problem.LastUnknownPop(time)) + 1;
    }

    /// <summary>Goes to a return, by its number.</summary>
    public void Load(int number)
    {
        _due = number;
        var (time, last) = (problem[number].Return, number == 0 ? -1 : problem[number - 1].Return);
        Invoked = 0;
        _byReturn.Clear();
        for (var slot = 0; slot < problem.SlotCount; slot++)
        {
            var open = problem.At(slot, time);
            if (open < number) continue;
            _byReturn.Add(open);
            if (problem[open].Invoke > last) Invoked |= 1UL << slot;
        }

        _byReturn.Sort();
    }

    /// <summary>
    /// Who may push a value, or pop it, before a time, beside what is due: what comes of the configuration, and the row. Of two of which one returns no
    /// later and was invoked no earlier that one only.
    /// </summary>
    public void Find(StackConfiguration at, bool push, int value, int before, List<(StackConfiguration To, int Row)> found)
    {
        var latest = -1;
        foreach (var number in _byReturn)
        {
            ref readonly var operation = ref problem[number];
            if (number == _due || operation.IsPush != push || operation.Value != value || (at.Pending >> operation.Slot & 1) == 0) continue;
            if (operation.Invoke >= before || operation.Invoke <= latest) continue;
            latest = operation.Invoke;
            found.Add((at.Without(1UL << operation.Slot), operation.Row));
        }

        var kind = push ? value : -1;
        var row = problem.Unknown(kind, uses.Of(at.Uses, kind), before);
        if (row >= 0 && problem.InvokeOf(row) > latest) found.Add((at with { Uses = uses.Add(at.Uses, kind) }, row));
    }

    /// <summary>
    /// Whether a pop of unknown outcome that is not used has begun, but only after a time, and a used one before it: the two may have to be exchanged.
    /// </summary>
    public bool MissesUnknownPop(StackConfiguration at, int before)
    {
        var used = uses.Of(at.Uses, -1);
        return used > 0 && problem.Unknown(-1, 0, before) >= 0 && problem.Unknown(-1, used, before) < 0 && problem.Unknown(-1, used, Due.Return) >= 0;
    }
}
