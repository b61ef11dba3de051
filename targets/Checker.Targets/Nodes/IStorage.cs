namespace Checker.Targets.Nodes;

/// <summary>
/// The disk of one node: named cells and named logs of immutable objects. Writes are read back at once, but survive a power loss only after a
/// <see cref="Sync"/> that was asked for later has called back; a mere kill of the process loses no write.
/// </summary>
public interface IStorage
{
    /// <summary>The content of a cell, or null.</summary>
    T? Read<T>(string cell)
        where T : class;

    /// <summary>Overwrites a cell.</summary>
    void Write<T>(string cell, T content)
        where T : class;

    /// <summary>The number of entries of a log; 0 if there is none.</summary>
    int Length(string log);

    /// <summary>One entry of a log, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    T Entry<T>(string log, int index)
        where T : class;

    /// <summary>Adds an entry to a log.</summary>
    void Append<T>(string log, T entry)
        where T : class;

    /// <summary>Cuts a log to its first entries.</summary>
    void Truncate(string log, int length);

    /// <summary>Makes everything written so far durable, then calls back. A crash in between drops the call.</summary>
    void Sync(Action durable);
}
