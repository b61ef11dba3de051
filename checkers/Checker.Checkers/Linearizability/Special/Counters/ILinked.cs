namespace Checker.Checkers.Linearizability.Special.Counters;

/// <summary>Configurations of which each remembers how it came about: a place in a <see cref="SumLog"/>; −1 is none.</summary>
internal interface ILinked
{
    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>The place of one.</summary>
    ref int Link(int number);
}
