using System.CommandLine;
using System.CommandLine.Parsing;
using Checker.Cli.Conventions;

namespace Checker.Cli.Verbs;

/// <summary>Options whose values are lengths of time.</summary>
internal static class TimeOption
{
    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result => Parse(result, name),
    };

    public static long Nanoseconds(TimeSpan time) => checked(time.Ticks * TimeSpan.NanosecondsPerTick);

    private static TimeSpan? Parse(ArgumentResult result, string name)
    {
        var text = result.Tokens[0].Value;
        if (Duration.TryParse(text, out var duration)) return duration;
        result.AddError($"{name} {text}: expected a time such as 500ms, 30s, 5m or 1h");
        return null;
    }
}
