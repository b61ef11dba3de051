using System.Text;
using Checker.Histories.Values;

namespace Checker.Targets.Stores.Quorum;

/// <summary>Which node coordinates all writes of a key.</summary>
internal static class KeyOwner
{
    /// <summary>The node: by a hash of the key (FNV-1a, Fowler, Noll and Vo) that is the same everywhere.</summary>
    public static int Of(Value key, int nodes)
    {
        var hash = 2166136261u;
        foreach (var octet in Encoding.UTF8.GetBytes(key.ToString())) hash = unchecked((hash ^ octet) * 16777619u);
        return (int)(hash % (uint)nodes);
    }
}
