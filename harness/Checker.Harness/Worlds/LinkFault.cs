using Checker.Targets;
using Checker.Targets.Faults;

namespace Checker.Harness.Worlds;

/// <summary>A cut or a degradation of some links.</summary>
internal sealed class LinkFault : ActiveFault
{
    private LinkFault(string what, LinkQuality? quality)
        : base(what) => Quality = quality;

    /// <summary>How bad the links are; null: cut.</summary>
    public LinkQuality? Quality { get; }

    /// <summary>A cut.</summary>
    public static LinkFault Cut() => new("messages dropped", null);

    /// <summary>A degradation.</summary>
    /// <exception cref="ArgumentException">A probability or a delay makes no sense.</exception>
    public static LinkFault Degrade(LinkQuality quality)
    {
        CheckProbability(quality.Loss, nameof(quality.Loss));
        CheckProbability(quality.Duplication, nameof(quality.Duplication));
        CheckProbability(quality.Reordering, nameof(quality.Reordering));
        ArgumentOutOfRangeException.ThrowIfNegative(quality.DelayNanoseconds, nameof(quality));
        ArgumentOutOfRangeException.ThrowIfNegative(quality.JitterNanoseconds, nameof(quality));
        string?[] parts =
        [
            quality.DelayNanoseconds > 0 || quality.JitterNanoseconds > 0 ? "delayed" : null,
            quality.Loss > 0 ? "lost" : null,
            quality.Duplication > 0 ? "duplicated" : null,
            quality.Reordering > 0 ? "reordered" : null,
        ];
        return new("messages " + string.Join(" or ", parts.Where(static part => part is not null)), quality);
    }

    private static void CheckProbability(double value, string name)
    {
        if (value is not (>= 0 and <= 1)) throw new ArgumentException($"{name} must be a probability, from 0 to 1, not {value}", nameof(value));
    }
}

/// <summary>What the faults of one link do to one message.</summary>
internal struct LinkEffect
{
    /// <summary>Nanoseconds added to its way.</summary>
    public long Delay;

    /// <summary>How many copies arrive beside it.</summary>
    public int Copies;

    /// <summary>The fault that frees it from the order of its link, or null.</summary>
    public LinkFault? Reordered;

    /// <summary>Draws the effect of the faults in force, oldest first, and counts every hit except reordering, which shows only later.</summary>
    /// <returns>False if the message is dropped.</returns>
    public static bool Draw(LinkFault[] faults, SeededRandom random, out LinkEffect effect)
    {
        effect = default;
        if (CountCuts(faults)) return false;
        foreach (var fault in faults)
        {
            var quality = fault.Quality!;
            if (quality.Loss > 0 && random.Chance(quality.Loss))
            {
                fault.Hit();
                return false;
            }

            var bit = false;
            if (quality.DelayNanoseconds > 0 || quality.JitterNanoseconds > 0)
            {
                effect.Delay += quality.DelayNanoseconds;
                if (quality.JitterNanoseconds > 0) effect.Delay += (long)random.Exponential(quality.JitterNanoseconds);
                bit = true;
            }

            if (quality.Duplication > 0 && random.Chance(quality.Duplication))
            {
                effect.Copies++;
                bit = true;
            }

            if (quality.Reordering > 0 && random.Chance(quality.Reordering)) effect.Reordered = fault;
            if (bit) fault.Hit();
        }

        return true;
    }

    /// <summary>Whether any of the faults is a cut; every cut counts the message as its hit.</summary>
    public static bool CountCuts(LinkFault[] faults)
    {
        var cut = false;
        foreach (var fault in faults)
        {
            if (fault.Quality is not null) continue;
            fault.Hit();
            cut = true;
        }

        return cut;
    }
}
