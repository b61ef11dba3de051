using Checker.Targets;

namespace Checker.Harness.Workloads;

/// <summary>Chooses among keys by integer weights, so that the same seed chooses the same keys everywhere.</summary>
internal sealed class KeyChooser
{
    private const int Scale = 1 << 20;

    private readonly int[] _upTo;

    /// <summary>Prepares the weights.</summary>
    /// <param name="choice">How the weights fall.</param>
    /// <param name="keys">The number of keys, at least 1.</param>
    public KeyChooser(KeyChoice choice, int keys)
    {
        _upTo = new int[keys];
        var sum = 0;
        for (var key = 0; key < keys; key++)
        {
            sum += choice switch
            {
                KeyChoice.Zipf => Math.Max(1, Scale / (key + 1)),
                KeyChoice.Exponential => Math.Max(1, Scale >> Math.Min(key + 1, 30)),
                _ => 1,
            };
            _upTo[key] = sum;
        }
    }

    /// <summary>A key, from 0.</summary>
    public int Next(SeededRandom random)
    {
        if (_upTo.Length == 1) return 0;
        var found = Array.BinarySearch(_upTo, random.Next(_upTo[^1]) + 1);
        return found >= 0 ? found : ~found;
    }
}
