using System.Text.RegularExpressions;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>
/// Histories drawn as text: one line per process, <c>p0: |--w1--| |-r2-|</c>. A bar begins an operation and the next bar ends it;
/// <c>|--w1--?</c> never
/// returns. Columns are time: a bar in an earlier column happened earlier; within a column, invocations come first and the upper line
/// first.
/// </summary>
/// <remarks>
/// Operations of registers: <c>w1</c>, <c>r1</c>, <c>r_</c> (null), <c>c1>2</c>, <c>x1>2</c> (a compare-and-set that failed), <c>d</c>
/// (delete). Others are written as the function,
/// a colon, the argument, and <c>=</c> the result in JSON: <c>enqueue:1</c>, <c>dequeue=1</c>, <c>read=[1,2]</c>.
/// </remarks>
internal static partial class Timeline
{
    public static History Draw(DataType type, params string[] lines)
    {
        var events = new List<(int Column, bool Returns, int Line, Action<HistoryBuilder> Add)>();
        for (var line = 0; line < lines.Length; line++)
        {
            var colon = lines[line].IndexOf(':', StringComparison.Ordinal);
            var process = int.Parse(lines[line][1..colon], System.Globalization.CultureInfo.InvariantCulture);
            foreach (Match match in Operation().Matches(lines[line], colon + 1))
            {
                var (function, input, output, outcome) = Parse(match.Groups[1].Value.Trim('-', ' '), match.Value[^1] == '?');
                events.Add((match.Index, false, line, b => Must(b.Invoke(process, function, default, b.Values.Intern(input),
                    match.Index * 1_000_000L))));
                var end = match.Index + match.Length - 1;
                if (match.Value[^1] == '|')
                {
                    events.Add((end, true, line, b => Must(b.Complete(process, outcome, function, default, b.Values.Intern(output),
                        end * 1_000_000L))));
                }
            }
        }

        var builder = new HistoryBuilder(type);
        foreach (var e in events.OrderBy(e => (e.Column, e.Returns, e.Line))) e.Add(builder);
        return builder.Build();
    }

    private static (Function Function, Value Input, Value Output, OperationType Outcome) Parse(string text, bool unfinished)
    {
        var outcome = unfinished ? OperationType.Info : OperationType.Ok;
        var register = Register().Match(text);
        if (register.Success)
        {
            var first = ValueOf(register.Groups[2].Value);
            return register.Groups[1].Value switch
            {
                "w" => (Function.Write, first, first, outcome),
                "r" => (Function.Read, Value.Null, first, outcome),
                "d" => (Function.Delete, Value.Null, Value.Null, outcome),
                var cas => (Function.Cas, Value.List(first, ValueOf(register.Groups[3].Value)), Value.Null,
                    cas == "x" ? OperationType.Fail : outcome),
            };
        }

        var parts = General().Match(text);
        if (!parts.Success || !FunctionNames.TryParse(parts.Groups[1].Value, null, out var function))
            throw new ArgumentException($"what is {text}?");
        return (function, ValueOf(parts.Groups[2].Value), ValueOf(parts.Groups[3].Value), outcome);
    }

    private static Value ValueOf(string json)
    {
        if (json is "" or "_" or "null") return Value.Null;
        if (json is "true" or "false") return json == "true";
        if (long.TryParse(json, out var integer)) return integer;
        if (json[0] == '[') return Value.List([.. Items(json[1..^1]).Select(ValueOf)]);
        return json.Trim('"');
    }

    private static IEnumerable<string> Items(string list)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i <= list.Length; i++)
        {
            if (i == list.Length || (list[i] == ',' && depth == 0))
            {
                if (i > start) yield return list[start..i];
                start = i + 1;
            }
            else if (list[i] is '[' or ']')
            {
                depth += list[i] == '[' ? 1 : -1;
            }
        }
    }

    private static void Must(string? problem)
    {
        if (problem is not null) throw new ArgumentException(problem);
    }

    [GeneratedRegex(@"\|([^|?]*)[|?]")]
    private static partial Regex Operation();

    [GeneratedRegex(@"^([wrcxd])([0-9_]*)(?:>([0-9_]+))?$")]
    private static partial Regex Register();

    [GeneratedRegex(@"^([a-z-]+?)(?::([^=]*))?(?:=(.*))?$")]
    private static partial Regex General();
}
