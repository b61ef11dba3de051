using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>An event of an EDN file, before it is known whether its value is an independent tuple.</summary>
internal struct EdnEvent
{
    public EdnEvent()
    {
    }

    public EventFields Fields = new();
    public ValueId F;
    public int Line;

    /// <summary>Whether a tag says that the value is a tuple.</summary>
    public bool IsTuple;
}
