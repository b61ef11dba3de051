using Checker.Histories.Values;

namespace Checker.Checkers.Linearizability.Evidence;

/// <summary>Is told what rows give to others and take from others.</summary>
internal interface IFacts
{
    /// <summary>A row gives a value of a key.</summary>
    void Give(int row, ValueId key, ValueId value);

    /// <summary>A row takes a value of a key.</summary>
    void Take(int row, ValueId key, ValueId value);

    /// <summary>A row depends on every row that gives something.</summary>
    void TakeAll(int row);
}
