using Checker.Histories.Values;

namespace Checker.Histories.Formats;

/// <summary>The fields of one event as a file gives them; its f apart, because that is a span of the file's bytes.</summary>
internal struct EventFields
{
    public EventFields()
    {
    }

    public long Index = -1;
    public long Time = -1;
    public int Process;
    public EventType Type;
    public ValueId Key;
    public ValueId Value;
    public string? Error;
}
