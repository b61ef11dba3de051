using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Operations on several registers, of which each read names the write whose value it found: a <em>version</em> of its register. Version r, for
/// each register r, is what was there at first. A read that may have found one of several versions is a doubt. Columns, no object per operation.
/// </summary>
internal sealed record VersionHistory
{
    private Lists? _written;

    /// <summary>Takes the columns over.</summary>
    /// <param name="operations">How many operations there are.</param>
    /// <param name="registers">How many registers there are.</param>
    /// <param name="register">The register of each version.</param>
    /// <param name="writer">The operation that wrote each version.</param>
    /// <param name="finds">What was found.</param>
    public VersionHistory(int operations, int registers, int[] register, int[] writer, Finds finds)
        : this(
            registers,
            register,
            writer,
            Lists.Of(operations, finds.Readers, finds.Found),
            Lists.Of(operations, writer.AsSpan(registers), Numbers(registers, register.Length)))
    {
        Doubtful = [.. finds.Doubtful];
        Candidates = Lists.Of(Doubtful.Length, finds.Doubts, finds.Candidates);
        Doubts = Lists.Of(operations, Doubtful, Numbers(0, Doubtful.Length));
        Claims = Lists.Of(register.Length, finds.Candidates, finds.Doubts);
    }

    /// <summary>Takes the columns over, where there is no doubt.</summary>
    /// <param name="registers">How many registers there are.</param>
    /// <param name="register">The register of each version.</param>
    /// <param name="writer">The operation that wrote each version.</param>
    /// <param name="reads">The versions that each operation found.</param>
    /// <param name="writes">The versions that each operation wrote.</param>
    public VersionHistory(int registers, int[] register, int[] writer, Lists reads, Lists writes)
    {
        (Registers, Register, Writer) = (registers, register, writer);
        (Reads, Writes, Readers) = (reads, writes, reads.Inverse(register.Length));
        Replaced = new int[register.Length];
        Array.Fill(Replaced, -1);
        for (var version = registers; version < register.Length; version++)
        {
            foreach (var found in Reads[writer[version]])
            {
                if (register[found] == register[version]) Replaced[version] = found;
            }
        }
    }

    /// <summary>The row of each operation, increasing. Those of unknown outcome that nobody can have seen are left out.</summary>
    public required int[] Rows { get; init; }

    /// <summary>The first gap between two events in which each operation may take effect (<see cref="Columns.LocalTime"/>).</summary>
    public required int[] First { get; init; }

    /// <summary>The gap behind the last one in which each operation may take effect.</summary>
    public required int[] Last { get; init; }

    /// <summary>Whether each operation has an unknown outcome, so that it need not have happened unless somebody certainly found what it wrote.</summary>
    public required bool[] Unknown { get; init; }

    /// <summary>The register of each version.</summary>
    public int[] Register { get; }

    /// <summary>The operation that wrote each version; −1 if it was there at first.</summary>
    public int[] Writer { get; }

    /// <summary>The version that each version's writer certainly found in the same register; −1 if there is none.</summary>
    public int[] Replaced { get; }

    /// <summary>The versions that each operation certainly found.</summary>
    public Lists Reads { get; }

    /// <summary>The versions that each operation wrote, at most one for each register.</summary>
    public Lists Writes { get; }

    /// <summary>The operations that certainly found each version.</summary>
    public Lists Readers { get; }

    /// <summary>The versions of each register that were written, by when their writers may first take effect.</summary>
    public Lists Written => _written ??= ByFirst();

    /// <summary>The operation of each doubt.</summary>
    public int[] Doubtful { get; } = [];

    /// <summary>The versions, two at least, of one register, of which each doubt found one.</summary>
    public Lists Candidates { get; } = Lists.Empty;

    /// <summary>The doubts of each operation.</summary>
    public Lists Doubts { get; } = Lists.Empty;

    /// <summary>The doubts that may have found each version.</summary>
    public Lists Claims { get; } = Lists.Empty;

    /// <summary>An operation that found in a register what nobody can have left there, whatever comes before it; null if there is none.</summary>
    public (int Operation, int Register)? Baseless { get; init; }

    /// <summary>Operations that found what others had written only in passing, which nobody can find.</summary>
    public (int Reader, int Writer)[] InPassing { get; init; } = [];

    /// <summary>How many operations there are.</summary>
    public int Count => Rows.Length;

    /// <summary>How many versions there are.</summary>
    public int Versions => Register.Length;

    /// <summary>How many registers there are.</summary>
    public int Registers { get; }

    /// <summary>Whether an operation need not have happened.</summary>
    public bool IsOptional(int operation)
    {
        if (!Unknown[operation]) return false;
        foreach (var version in Writes[operation])
        {
            if (Readers[version].Length > 0) return false;
        }

        return true;
    }

    /// <summary>Whether an operation need not have happened and nobody can have seen it.</summary>
    public bool IsIdle(int operation)
    {
        if (!IsOptional(operation)) return false;
        foreach (var version in Writes[operation])
        {
            if (Claims[version].Length > 0) return false;
        }

        return true;
    }

    /// <summary>The same operations with fewer doubts.</summary>
    /// <param name="excludes">Says of a doubt and a version whether it cannot be, or need not be, what was found.</param>
    /// <returns>Itself if nothing is excluded; null if some doubt has no candidate left.</returns>
    public VersionHistory? Without(Func<int, int, bool> excludes)
    {
        var finds = new Finds();
        for (var version = 0; version < Versions; version++)
        {
            foreach (var reader in Readers[version]) finds.Add(reader, [version]);
        }

        var left = new List<int>();
        var changed = false;
        for (var doubt = 0; doubt < Doubtful.Length; doubt++)
        {
            left.Clear();
            foreach (var version in Candidates[doubt])
            {
                if (!excludes(doubt, version)) left.Add(version);
            }

            if (left.Count == 0) return null;
            changed |= left.Count < Candidates[doubt].Length;
            finds.Add(Doubtful[doubt], System.Runtime.InteropServices.CollectionsMarshal.AsSpan(left));
        }

        return changed ? new VersionHistory(Count, Registers, Register, Writer, finds) { Rows = Rows, First = First, Last = Last, Unknown = Unknown } : this;
    }

    /// <summary>The same operations with narrower times, in gaps.</summary>
    /// <param name="first">The first gap of each operation.</param>
    /// <param name="last">The gap behind its last one.</param>
    public VersionHistory At(int[] first, int[] last) => this with { First = first, Last = last, _written = null };

    private Lists ByFirst()
    {
        var versions = new int[Versions - Registers];
        var (next, latest, isSorted) = (0, -1, true);
        for (var operation = 0; operation < Count; operation++)
        {
            foreach (var version in Writes[operation]) versions[next++] = version;
            isSorted &= First[operation] >= latest;
            latest = First[operation];
        }

        if (!isSorted)
        {
            var sorted = Array.ConvertAll(versions, version => PositionSort.Entry(First[Writer[version]], version));
            PositionSort.Sort(sorted);
            versions = Array.ConvertAll(sorted, PositionSort.NumberOf);
        }

        return Lists.Of(Registers, Array.ConvertAll(versions, version => Register[version]), versions);
    }

    private static int[] Numbers(int start, int end)
    {
        var numbers = new int[end - start];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = start + i;
        return numbers;
    }
}
