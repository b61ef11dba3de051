namespace Checker.Histories.Recording;

/// <summary>What a flushed event survives.</summary>
public enum RecordingDurability
{
    /// <summary>The death of the process, however sudden.</summary>
    Process,

    /// <summary>Also a crash of the machine or a loss of power: each flush waits for the disk.</summary>
    Machine,
}
