namespace Checker.Harness.Generators;

/// <summary>A generator broke a rule; the message says which generator and which rule.</summary>
public sealed class GeneratorException : InvalidOperationException
{
    /// <summary>Without a message.</summary>
    public GeneratorException()
    {
    }

    /// <summary>With a message.</summary>
    public GeneratorException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public GeneratorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What generators are called in messages.</summary>
internal static class Descriptions
{
    private const int Longest = 400;

    public static string InShort(this IGenerator generator)
    {
        var text = generator.ToString() ?? generator.GetType().Name;
        return text.Length <= Longest ? text : text[..Longest] + " …";
    }
}
