namespace Checker.Cli.Conventions;

/// <summary>The user asked for something that makes no sense; the message is one line that says what would.</summary>
public sealed class UsageException(string message) : Exception(message);
