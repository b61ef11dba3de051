namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Operations on several registers, of which each read names the write whose value it found: a <em>version</em> of its register. Version r, for
/// each register r, is what was there at first. A read that may have found one of several versions is a doubt. Columns, no object per operation.
/// </summary>
internal sealed class VersionHistory
{
    /// <summary>The row of each operation, increasing. Those of unknown outcome that nobody can have seen are left out.</summary>
    public required int[] Rows { get; init; }

    /// <summary>The first gap between two events in which each operation may take effect (<see cref="Columns.LocalTime"/>).</summary>
    public required int[] First { get; init; }

    /// <summary>The gap behind the last one in which each operation may take effect.</summary>
    public required int[] Last { get; init; }

    /// <summary>The register of each version.</summary>
    public required int[] Register { get; init; }

    /// <summary>The operation that wrote each version; −1 if it was there at first.</summary>
    public required int[] Writer { get; init; }

    /// <summary>The version that each version's writer found in the same register; −1 if it did not look.</summary>
    public required int[] Replaced { get; init; }

    /// <summary>The versions that each operation found.</summary>
    public required Lists Reads { get; init; }

    /// <summary>The versions that each operation wrote, at most one for each register.</summary>
    public required Lists Writes { get; init; }

    /// <summary>The operations that found each version.</summary>
    public required Lists Readers { get; init; }

    /// <summary>The versions of each register that were written, by the invocation of their writers.</summary>
    public required Lists Written { get; init; }

    /// <summary>An operation that found in a register what nobody can have left there, whatever comes before it; null if there is none.</summary>
    public (int Operation, int Register)? Baseless { get; init; }

    /// <summary>Operations that found what others had written only in passing, which nobody can find.</summary>
    public (int Reader, int Writer)[] InPassing { get; init; } = [];

    /// <summary>The operation of each doubt.</summary>
    public required int[] Doubtful { get; init; }

    /// <summary>The versions, two at least, of one register, of which each doubt found one.</summary>
    public required Lists Candidates { get; init; }

    /// <summary>How many operations there are.</summary>
    public int Count => Rows.Length;

    /// <summary>How many versions there are.</summary>
    public int Versions => Register.Length;

    /// <summary>How many registers there are.</summary>
    public int Registers => Written.Count;
}
