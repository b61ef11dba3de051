using System.CommandLine;
using System.CommandLine.Parsing;

namespace Checker.Cli.Verbs;

/// <summary>Options and arguments whose values are words out of a few.</summary>
internal static class ChoiceOption
{
    /// <summary>An option whose value is one of a few words; the first is the default.</summary>
    public static Option<string> Create(string name, string description, params string[] words)
    {
        var option = new Option<string>(name) { HelpName = string.Join('|', words), Description = description, DefaultValueFactory = _ => words[0] };
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Require(result, name, words));
        return option;
    }

    /// <summary>An argument that may be left out, else is one of a few words.</summary>
    public static Argument<string?> Argument(string name, string description, params string[] words)
    {
        var argument = new Argument<string?>(name) { HelpName = string.Join('|', words), Description = description, Arity = ArgumentArity.ZeroOrOne };
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Require(result, name, words));
        return argument;
    }

    private static void Require(SymbolResult result, string what, string[] words)
    {
        if (result.Tokens.Count == 0 || words.Contains(result.Tokens[0].Value)) return;
        result.AddError(Lookup.Unknown(what, result.Tokens[0].Value, words).Message);
    }
}
