namespace Checker.Checkers.Linearizability.General.Stacks;

/// <summary>A finished operation of a stack.</summary>
/// <param name="Row">Its row.</param>
/// <param name="IsPush">Whether it is a push.</param>
/// <param name="Value">The number of its value; −1 for a pop that found nothing.</param>
/// <param name="Invoke">The event of its invocation.</param>
/// <param name="Return">The event of its return.</param>
/// <param name="Slot">No other one that is open at the same time has it.</param>
internal readonly record struct StackOperation(int Row, bool IsPush, int Value, int Invoke, int Return, int Slot);
