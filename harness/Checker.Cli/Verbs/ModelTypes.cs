using Checker.Checkers;
using Checker.Checkers.Catalogue;
using Checker.Histories;

namespace Checker.Cli.Verbs;

/// <summary>Which model is defined for which data type, in words.</summary>
internal static class ModelTypes
{
    /// <summary>The types that a model is defined for: all, all but a few, or a list.</summary>
    public static string Of(IConsistencyModel model)
    {
        string[] without = [.. DataTypes.All.Where(type => Judged(type) && !model.Supports(type)).Select(static type => type.Name)];
        string[] with = [.. DataTypes.All.Where(model.Supports).Select(static type => type.Name)];
        return without.Length == 0 ? "all"
            : without.Length < with.Length && without.Length < 6 ? $"all but {string.Join(", ", without)}" : string.Join(", ", with);
    }

    /// <summary>The models that are defined for a type.</summary>
    public static string For(DataType type) => string.Join(", ", Models.All.Where(model => model.Supports(type)).Select(static model => model.Name));

    // Transactions are judged by models of their own.
    private static bool Judged(DataType type) => Models.All.Any(model => model.Supports(type));
}
