using Checker.Checkers.Linearizability.Problems;

namespace Checker.Checkers.Linearizability.Special.Stacks;

/// <summary>
/// A first guess which pop takes which push, by one sweep in the order in which pops return. Each takes the push of its value above which the fewest
/// elements lie for certain; those are given to pops that are open if there are any.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="meter">What the search may spend.</param>
/// <param name="lasting">
/// Whether, of equal ones, what is certainly on the stack goes before what may be pushed right before the pop. It mostly should, since the latter can still
/// go elsewhere; the other way round is another point to start from.
/// </param>
internal sealed class StackSweep(StackRows rows, StepMeter meter, bool lasting)
{
    private const int Blocked = 100; // what lies above and nobody can take
    private const int Doubtful = 30; // what only something of unknown outcome explains
    private const int MostCandidates = 400;

    private readonly int[] _invokes = rows.Time.Invoke;
    private readonly int[] _returns = rows.Time.Return;
    private readonly int[] _partners = new int[rows.Values.Length];
    private readonly int[] _bounds = [.. rows.Time.Return]; // by when a push came at the latest, as pops make it known
    private readonly List<int> _pushes = []; // those that have begun and are not taken, by invocation
    private readonly List<int> _open = []; // the pops that have begun and have not taken anything
    private readonly List<int> _unknown = []; // the same of unknown outcome
    private List<(int Push, int Pop)> _aside = []; // what would go before, for a candidate
    private List<(int Push, int Pop)> _best = [];

    /// <summary>Gives every pop a push; null if there are too few, or the budget is spent.</summary>
    public int[]? Run()
    {
        Array.Fill(_partners, -1);
        var (push, pop, unknown) = (0, 0, 0);
        foreach (var row in rows.Pops.Concat(rows.Empties).OrderBy(row => _returns[row]))
        {
            for (; push < rows.Pushes.Count && _invokes[rows.Pushes[push]] < _returns[row]; push++) _pushes.Add(rows.Pushes[push]);
            for (; unknown < rows.Unknown.Count && _invokes[rows.Unknown[unknown]] < _returns[row]; unknown++) _unknown.Add(rows.Unknown[unknown]);
            for (; pop < rows.Pops.Count && _invokes[rows.Pops[pop]] < _returns[row]; pop++) _open.Add(rows.Pops[pop]);
            if (meter.Spent() is not null) return null;
            if (rows.Values[row] < 0) Clear(row);
            else if (_partners[row] < 0 && !Take(row)) return null;
        }

        return _partners;
    }

    // Whatever was there for certain before somebody found the stack empty goes, as far as there are pops.
    private void Clear(int empty)
    {
        foreach (var push in _pushes.ToArray())
        {
            if (_returns[push] < _invokes[empty] && Taker(push, -1) is >= 0 and var pop) Pair(push, pop);
        }
    }

    private bool Take(int pop)
    {
        var (best, bestCost, bestTie) = (-1, int.MaxValue, 0);
        var tried = 0;
        for (var i = _pushes.Count - 1; i >= 0 && tried < MostCandidates; i--)
        {
            var push = _pushes[i];
            if (rows.Values[push] != rows.Values[pop]) continue;
            tried++;
            var cost = Cost(i, pop, bestCost);
            var tie = _returns[push] > _invokes[pop] ? _returns[push] : lasting ? -1 : int.MaxValue;
            if (cost > bestCost || (cost == bestCost && tie >= bestTie)) continue;
            (best, bestCost, bestTie) = (push, cost, tie);
            (_aside, _best) = (_best, _aside);
        }

        if (best < 0)
        {
            best = Steal(pop);
            if (best < 0) return false;
            _best.Clear();
        }

        foreach (var (push, taker) in _best) Pair(push, taker);
        Pair(best, pop);
        if (_returns[best] >= _invokes[pop]) return true;
        foreach (var push in _pushes)
        {
            // What stays was below, so it came before.
            if (_returns[push] < _invokes[pop] && _invokes[push] < _bounds[best]) _bounds[push] = Math.Min(_bounds[push], _bounds[best]);
        }

        return true;
    }

    // What it costs that a pop takes the push at a place.
    private int Cost(int place, int pop, int most)
    {
        _aside.Clear();
        var push = _pushes[place];
        var cost = rows.IsUnknown(push) ? Doubtful : 0;
        if (_returns[push] > _invokes[pop]) return cost;
        for (var i = place + 1; i < _pushes.Count && cost <= most; i++)
        {
            var above = _pushes[i];
            meter.Steps++;
            if (_invokes[above] < _bounds[push] || _returns[above] > _invokes[pop]) continue;
            var taker = Taker(above, pop);
            cost += taker < 0 ? Blocked : rows.IsUnknown(taker) ? Doubtful : 1;
            if (taker >= 0) _aside.Add((above, taker));
        }

        return cost;
    }

    // A pop that can take a push, other than a given one: that which returns first, or else one of unknown outcome; −1 if there is none.
    private int Taker(int push, int other)
    {
        var best = -1;
        foreach (var pop in _open)
        {
            if (pop == other || rows.Values[pop] != rows.Values[push] || IsAside(pop)) continue;
            if (best < 0 || _returns[pop] < _returns[best]) best = pop;
        }

        for (var i = 0; i < _unknown.Count && best < 0; i++)
        {
            if (!IsAside(_unknown[i])) best = _unknown[i];
        }

        return best;
    }

    private bool IsAside(int pop)
    {
        foreach (var (_, taker) in _aside)
        {
            if (taker == pop) return true;
        }

        return false;
    }

    // A push of the value that was given to a pop that returns later, or may not have happened, and can wait for another one; −1 if there is none.
    private int Steal(int pop)
    {
        foreach (var push in rows.Pushes)
        {
            if (_invokes[push] >= _returns[pop]) break;
            var taker = _partners[push];
            if (rows.Values[push] != rows.Values[pop] || taker < 0 || _returns[taker] <= _returns[pop]) continue;
            _partners[taker] = _partners[push] = -1;
            (rows.IsUnknown(taker) ? _unknown : _open).Add(taker);
            return push;
        }

        return -1;
    }

    private void Pair(int push, int pop)
    {
        (_partners[push], _partners[pop]) = (pop, push);
        _pushes.Remove(push);
        (rows.IsUnknown(pop) ? _unknown : _open).Remove(pop);
    }
}
