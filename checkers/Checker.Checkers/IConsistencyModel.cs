using Checker.Histories;

namespace Checker.Checkers;

/// <summary>A consistency model: what is promised, and how to judge a history by it.</summary>
public interface IConsistencyModel
{
    /// <summary>The name on the command line, such as <c>linearizable</c>.</summary>
    string Name { get; }

    /// <summary>One line that says what the model promises, for <c>checker list models</c>.</summary>
    string Summary { get; }

    /// <summary>Whether the model is defined, and can be judged, for a data type.</summary>
    bool Supports(DataType type);

    /// <summary>Judges a history. Never throws for a history that the readers accept; never guesses.</summary>
    /// <param name="history">The history.</param>
    /// <param name="type">The data type; <see cref="Supports"/> must hold.</param>
    /// <param name="options">Budgets and readings.</param>
    Verdict Check(History history, DataType type, CheckOptions options);
}
