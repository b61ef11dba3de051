using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>One operation of a small history, easy to change. Positions are those of its events; an info operation returns at <see cref="int.MaxValue"/>.</summary>
public sealed record TestOperation(int Process, Function Function, int Invoke, int Return)
{
    public OperationType Type { get; set; } = OperationType.Ok;

    public Function Does { get; set; } = Function;

    public Value Input { get; set; }

    public Value Output { get; set; }

    public bool IsInfo => Type == OperationType.Info;

    public int End => IsInfo ? int.MaxValue : Return;

    public override string ToString() => $"p{Process} {Does} {Input} -> {Output} {Type} [{Invoke}, {(IsInfo ? "…" : Return)}]";
}
