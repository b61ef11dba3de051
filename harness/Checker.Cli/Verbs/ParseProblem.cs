using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Checker.Cli.Verbs;

/// <summary>What is wrong with a command line, in one line: the first mistake, what was expected, and where the help is.</summary>
internal static class ParseProblem
{
    /// <summary>The problem; null if there is none.</summary>
    /// <param name="parsed">The command line, which names a verb or something that is none.</param>
    /// <param name="root">The command <c>checker</c>.</param>
    public static string? Of(ParseResult parsed, RootCommand root)
    {
        var command = parsed.CommandResult.Command;
        var problem = UnknownOption(parsed, command) ?? (parsed.Errors.Count == 0 ? null : Of(parsed.Errors[0], parsed, command, root));
        if (problem is null) return null;
        var verb = command == root ? "" : command.Name + " ";
        return $"{problem.TrimEnd('.')}{(problem.EndsWith('?') ? "" : ".")} Try 'checker {verb}--help'";
    }

    private static string Of(ParseError error, ParseResult parsed, Command command, RootCommand root)
    {
        if (command == root && parsed.UnmatchedTokens.Count > 0)
        {
            return Lookup.Unknown("verb", parsed.UnmatchedTokens[0], root.Subcommands.Select(verb => verb.Name)).Message;
        }

        return error.SymbolResult switch
        {
            OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name}: expected {option.Option.HelpName} after it",
            ArgumentResult { Tokens.Count: 0, Parent: CommandResult } argument =>
                $"expected {argument.Argument.HelpName ?? argument.Argument.Name}: {Uncapitalised(argument.Argument.Description)}",
            _ when parsed.UnmatchedTokens.Count > 0 => $"'{parsed.UnmatchedTokens[0]}' is one too many",
            _ => error.Message.ReplaceLineEndings(" "),
        };
    }

    // The parser takes an option that it does not know for an argument where one fits.
    private static string? UnknownOption(ParseResult parsed, Command command)
    {
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.DoubleDash) return null;
            if (token.Type != TokenType.Argument || token.Value is not ['-', _, ..] || IsNumber(token.Value)) continue;
            var name = token.Value.Split('=', 2)[0];
            return $"unknown option '{name}'.{Lookup.Hint(name, command.Options.Select(option => option.Name))}";
        }

        return null;
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string Uncapitalised(string? text) => string.IsNullOrEmpty(text) ? "" : char.ToLowerInvariant(text[0]) + text[1..];
}
