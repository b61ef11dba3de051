using System.Reflection;
using System.Reflection.Emit;

namespace Checker.Architecture.Tests;

/// <summary>Which namespace of an assembly uses which other, read from signatures and from the code itself.</summary>
internal sealed class NamespaceGraph
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private readonly Dictionary<string, HashSet<string>> _uses = [];

    public NamespaceGraph(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            if (type.Namespace is not { } from || !from.StartsWith("Checker", StringComparison.Ordinal)) continue;
            var uses = _uses.TryGetValue(from, out var known) ? known : _uses[from] = [];
            foreach (var used in TypesUsedBy(type))
            {
                if (used.Assembly == assembly && used.Namespace is { } to && to != from) uses.Add(to);
            }
        }
    }

    public IReadOnlyList<string> FindCycle() => FindCycle(_uses);

    public static IReadOnlyList<string> FindCycle(IReadOnlyDictionary<string, HashSet<string>> uses)
    {
        var done = new HashSet<string>();
        var path = new List<string>();

        IReadOnlyList<string> Visit(string node)
        {
            var at = path.IndexOf(node);
            if (at >= 0) return [.. path[at..], node];
            if (!done.Add(node)) return [];
            path.Add(node);
            foreach (var next in uses.GetValueOrDefault(node) ?? [])
            {
                // The done set holds what is on the path too: look at the path first.
                if (path.Contains(next)) return [.. path[path.IndexOf(next)..], next];
                if (Visit(next) is { Count: > 0 } cycle) return cycle;
            }

            path.RemoveAt(path.Count - 1);
            return [];
        }

        foreach (var node in uses.Keys.Order())
        {
            if (Visit(node) is { Count: > 0 } cycle) return cycle;
        }

        return [];
    }

    public static HashSet<Type> TypesUsedBy(Type type)
    {
        var used = new HashSet<Type>();
        Add(used, type.BaseType);
        foreach (var contract in type.GetInterfaces()) Add(used, contract);
        foreach (var field in type.GetFields(Declared)) Add(used, field.FieldType);
        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            foreach (var parameter in method.GetParameters()) Add(used, parameter.ParameterType);
            if (method is MethodInfo info) Add(used, info.ReturnType);
            AddBody(used, method, type);
        }

        return used;
    }

    private static void AddBody(HashSet<Type> used, MethodBase method, Type type)
    {
        if (method.GetMethodBody() is not { } body || body.GetILAsByteArray() is not { } code) return;
        foreach (var local in body.LocalVariables) Add(used, local.LocalType);
        var typeArguments = type.IsGenericType ? type.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : (short)code[at];
            var op = OpCodesByValue[value];
            at += op.Size;
            switch (op.OperandType)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments);
                    Add(used, member as Type ?? member?.DeclaringType);
                    at += 4;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static void Add(HashSet<Type> used, Type? type)
    {
        while (type is { HasElementType: true }) type = type.GetElementType();
        if (type is null || type.IsGenericParameter) return;
        if (type.IsGenericType)
        {
            foreach (var argument in type.GetGenericArguments()) Add(used, argument);
            type = type.GetGenericTypeDefinition();
        }

        used.Add(type);
    }
}
