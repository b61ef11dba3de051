namespace Checker.Checkers.Objects;

/// <summary>
/// What one process sees of one container under read-your-writes: its own updates, and others' that explain its answers, each of which may see others.
/// Others' updates
/// can stand anywhere before the process's own ones; late, after own ones, only those that nothing stands in the way of: none that its process made at or
/// after it has been seen
/// before (<see cref="OthersUpdates"/>).
/// </summary>
internal abstract class OwnContainer
{
    /// <summary>Whether an answer is explained.</summary>
    /// <param name="row">The operation.</param>
    /// <param name="source">The insertion that it found, or <see cref="ContainerViews.Nothing"/>.</param>
    public abstract bool Explains(int row, int source);

    /// <summary>Adds an update of the process.</summary>
    /// <param name="row">The operation; if it takes something out it was explained.</param>
    /// <param name="source">What it found.</param>
    public abstract void Add(int row, int source);
}
