namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>A frontier as it once was.</summary>
/// <param name="Position">The event that came next.</param>
/// <param name="Frontier">The configurations.</param>
/// <param name="Truncated">Whether some had been left out.</param>
/// <typeparam name="TMask">The set of slots.</typeparam>
internal readonly record struct RegisterCheckpoint<TMask>(int Position, RegisterConfigurations<TMask> Frontier, bool Truncated)
    where TMask : struct, ISlotMask<TMask>;
