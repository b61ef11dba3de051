namespace Checker.Histories.Corpora;

/// <summary>
/// The verdict that the name of a corpus file states: <c>name.valid.jsonl</c> or <c>name.invalid.MODEL.jsonl</c>, also with <c>.edn</c> and
/// <c>.gz</c>.
/// </summary>
/// <param name="Expected">The verdict.</param>
/// <param name="Model">The model that is broken, if the name says it.</param>
public readonly record struct CorpusFileName(ExpectedVerdict Expected, string? Model)
{
    /// <summary>Reads a name; of a path, only the last part counts.</summary>
    public static CorpusFileName Parse(string path)
    {
        var parts = Path.GetFileName(path).Split('.');
        var end = parts.Length - (parts[^1] == "gz" ? 2 : 1);
        for (var i = end - 1; i > 0; i--)
        {
            if (parts[i] == "valid" && i == end - 1) return new(ExpectedVerdict.Valid, null);
            if (parts[i] == "invalid" && i >= end - 2) return new(ExpectedVerdict.Invalid, i == end - 2 ? parts[i + 1] : null);
        }

        return default;
    }
}
