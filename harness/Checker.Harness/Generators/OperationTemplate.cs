using Checker.Histories.Values;

namespace Checker.Harness.Generators;

/// <summary>What an operation does, before a thread and a time are found for it.</summary>
/// <param name="F">The name of the function or of the fault.</param>
/// <param name="Value">The argument.</param>
/// <param name="Key">The object; null if there is a single one.</param>
public readonly record struct OperationTemplate(string F, Value Value = default, Value Key = default)
{
    /// <summary>The operation on a thread of the context, at its time, as the process that the thread now is.</summary>
    public GeneratedOperation On(int thread, in GeneratorContext context) =>
        new(GeneratedKind.Invoke, context.Time, thread, context.ProcessOf(thread), F, Key, Value);
}
