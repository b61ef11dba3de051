using Checker.Histories.Values;

namespace Checker.Histories.Corpora;

/// <summary>What a manifest says about one history.</summary>
/// <param name="File">The name of the file, relative to the manifest.</param>
/// <param name="Type">The data type.</param>
/// <param name="Initial">
/// The value of an object before the first write; for several objects with different ones, a map from key to value.
/// </param>
/// <param name="ObserveFailedCas">Whether a failed compare-and-set says that the value was another one. Else it says nothing.</param>
/// <param name="Expected">The verdict.</param>
/// <param name="Line">The line of the manifest.</param>
public sealed record CorpusEntry(string File, DataType Type, Value Initial, bool ObserveFailedCas, ExpectedVerdict Expected, int Line);
