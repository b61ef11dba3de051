namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>What an operation of a register does, as far as the frontier distinguishes.</summary>
internal enum RegisterAction : byte
{
    /// <summary>Finds <see cref="RegisterOperations.Operand"/>; also a compare-and-set that replaces a value by itself.</summary>
    Read,

    /// <summary>Finds another value than <see cref="RegisterOperations.Operand"/>: an observed failed compare-and-set.</summary>
    Miss,

    /// <summary>Leaves <see cref="RegisterOperations.Result"/> whatever was there.</summary>
    Write,

    /// <summary>Replaces <see cref="RegisterOperations.Operand"/> by <see cref="RegisterOperations.Result"/>.</summary>
    Cas,
}
