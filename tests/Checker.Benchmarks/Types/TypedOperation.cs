using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Benchmarks.Types;

/// <summary>One operation of a <see cref="TypedHistory"/>.</summary>
internal record struct TypedOperation(int Process, Function Function, ValueId Key, ValueId Input, ValueId Output, OperationType Type);
