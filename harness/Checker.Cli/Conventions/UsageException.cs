namespace Checker.Cli.Conventions;

/// <summary>The user asked for something that makes no sense; the message is one line that says what would.</summary>
public sealed class UsageException(string message) : Exception(message)
{
    /// <summary>What a part of Checker refuses, in words for its user: without the name of the parameter that .NET appends.</summary>
    public static UsageException Of(ArgumentException problem)
    {
        var parameter = problem.Message.IndexOf($" (Parameter '{problem.ParamName}')", StringComparison.Ordinal);
        return new(parameter < 0 ? problem.Message : problem.Message[..parameter]);
    }
}
