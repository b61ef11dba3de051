namespace Checker.Harness.Runs;

/// <summary>The target could not be set up or reached. Becomes a result, and is never seen outside.</summary>
internal sealed class RunFailedException(string message, Exception? inner = null) : Exception(message, inner);
