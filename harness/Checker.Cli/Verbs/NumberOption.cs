using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Checker.Cli.Verbs;

/// <summary>Options whose values are numbers.</summary>
internal static class NumberOption
{
    /// <summary>An option with a default.</summary>
    public static Option<T> Create<T>(string name, string description, T byDefault)
        where T : struct, INumber<T> => new(name)
        {
            HelpName = "N",
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Parse<T>(result, name) ?? byDefault,
        };

    /// <summary>An option with a default, of which only positive values make sense.</summary>
    /// <param name="name">The name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="unit">What is counted, for the error.</param>
    /// <param name="byDefault">The default.</param>
    public static Option<T> Positive<T>(string name, string description, string unit, T byDefault)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => new(name)
        {
            HelpName = "N",
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > T.Zero) return number;
                var most = text.All(char.IsAsciiDigit) && text.Any(digit => digit != '0') ? $", at most {T.MaxValue}" : "";
                result.AddError($"{name} {text}: expected a positive number of {unit}{most}");
                return byDefault;
            },
        };

    /// <summary>An option that may be left out.</summary>
    public static Option<T?> Optional<T>(string name, string description)
        where T : struct, INumber<T> => new(name) { HelpName = "N", Description = description, CustomParser = result => Parse<T>(result, name) };

    private static T? Parse<T>(ArgumentResult result, string name)
        where T : struct, INumber<T>
    {
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        result.AddError($"{name} {text}: expected a {(T.IsInteger(T.CreateChecked(0.5)) ? "whole " : "")}number");
        return null;
    }
}
