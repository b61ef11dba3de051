namespace Checker.Checkers.Linearizability.Problems;

/// <summary>
/// How many configurations a beam carries at each event: few, and more where it failed. At every further failure at the same obstacle it goes four
/// times as far back and carries four times as many, until it is past; then few again. At every other level it looks for direct ways only, which goes farther
/// in general; what they miss, the next level finds.
/// </summary>
/// <param name="narrowest">How many it carries at ease.</param>
/// <param name="levels">How often it widens at one obstacle.</param>
internal sealed class BeamWidth(int narrowest = 8, int levels = 5)
{
    private const int NearestBack = 32; // events

    private int _obstacle = -1; // the farthest event at which it failed

    /// <summary>How often it has widened at this obstacle.</summary>
    public int Level { get; private set; }

    /// <summary>How many events to go back from the last failure.</summary>
    public int Back => NearestBack << (2 * Level);

    /// <summary>Whether to place nothing but what is needed at the last event that was asked for.</summary>
    public bool IsDirect => Level % 2 == 0;

    /// <summary>How often none survived.</summary>
    public int Failures { get; private set; }

    /// <summary>How many to carry at an event.</summary>
    public int At(int position)
    {
        if (Level > 0 && position > _obstacle + (NearestBack << Level)) Level = 0;
        return narrowest << (2 * Level);
    }

    /// <summary>Notes that none survived an event; false if it would take too many.</summary>
    public bool Widen(int position)
    {
        Failures++;
        if (position <= _obstacle || Level == 0) Level++;
        _obstacle = Math.Max(_obstacle, position);
        return Level <= levels;
    }
}
