using System.Globalization;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Tests.Special;

/// <summary>
/// Reads a drawing: a line per process, an operation from <c>[</c> to <c>]</c> (ok), <c>&gt;</c> (info) or <c>}</c> (fail), at the columns of its events.
/// Inside stand the function, its arguments, and after <c>=</c> its result: <c>[cas 1 2 ]</c>, <c>[dequeue =null ]</c>, <c>[read =[1,2] ]</c>.
/// </summary>
public static class Timeline
{
    public static List<TestOperation> Parse(string drawing)
    {
        var lines = drawing.Split('\n').Where(line => line.Contains('[', StringComparison.Ordinal)).ToArray();
        var operations = new List<TestOperation>();
        var process = 0;
        for (var line = 0; line < lines.Length; line++)
        {
            var text = lines[line].TrimEnd('\r');
            for (var at = 0; at < text.Length; at++)
            {
                if (text[at] != '[') continue;
                var start = at;
                var depth = 0;
                do
                {
                    if (text[at] == '[') depth++;
                    if (text[at] is ']' or '>' or '}') depth--;
                    at++;
                }
                while (depth > 0);
                operations.Add(Operation(text[(start + 1)..(at - 1)], process, (start * lines.Length) + line, ((at - 1) * lines.Length) + line, text[at - 1]));
                if (text[at - 1] == '>') process++;
            }

            process++;
        }

        return operations;
    }

    private static TestOperation Operation(string text, int process, int invoke, int ret, char end)
    {
        var parts = text.Split('=', 2);
        var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(FunctionNames.TryParse(words[0], null, out var function), words[0]);
        var arguments = words[1..].Select(Parsed).ToArray();
        return new TestOperation(process, function, invoke, ret)
        {
            Type = end switch { ']' => OperationType.Ok, '>' => OperationType.Info, _ => OperationType.Fail },
            Input = arguments.Length switch { 0 => Value.Null, 1 => arguments[0], _ => Value.List(arguments) },
            Output = parts.Length > 1 ? Parsed(parts[1].Trim()) : Value.Null,
        };
    }

    private static Value Parsed(string text)
    {
        if (text.StartsWith('['))
        {
            var inner = text[1..^1].Trim();
            return inner.Length == 0 ? Value.EmptyList : Value.List([.. inner.Split(',').Select(item => Parsed(item.Trim()))]);
        }

        return text switch
        {
            "null" => Value.Null,
            "true" => Value.Boolean(true),
            "false" => Value.Boolean(false),
            _ => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? Value.Integer(number) : Value.String(text),
        };
    }
}
