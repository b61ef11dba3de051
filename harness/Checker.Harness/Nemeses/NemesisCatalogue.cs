using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>The nemeses by name, as <c>--nemesis</c> takes them.</summary>
public static class NemesisCatalogue
{
    /// <summary>The name that stands for no nemesis.</summary>
    public const string None = "none";

    private static readonly INemesis[] Partitions = [.. Enum.GetValues<PartitionKind>().Select(kind => new PartitionNemesis(kind))];

    private static readonly INemesis[] Clocks = [.. Enum.GetValues<ClockFault>().Select(kind => new ClockNemesis(kind))];

    private static readonly INemesis[] Packets = [.. Enum.GetValues<PacketFault>().Select(kind => new PacketNemesis(kind))];

    /// <summary>Every nemesis, families first.</summary>
    public static IReadOnlyList<INemesis> All { get; } =
    [
        // Cutting the primary off is what most often goes wrong.
        new MixedNemesis(
            "partition",
            "cuts the network, one kind of partition or another",
            [.. Partitions.Select(nemesis => (nemesis, nemesis.Name == "partition-primaries" ? 3 : 1))]),
        .. Partitions,
        .. Scoped(
            "kill",
            "kills and restarts nodes: one, a minority, a majority, all or the primaries",
            scope => new KillNemesis(CrashKind.Process, scope)),
        .. Scoped(
            "lose-unsynced-writes",
            "takes the power from nodes and with it every write that was not synced: one, a minority, a majority, all or the primaries",
            scope => new KillNemesis(CrashKind.PowerLoss, scope)),
        .. Scoped("pause", "pauses and resumes nodes: one, a minority, a majority, all or the primaries", scope => new PauseNemesis(scope)),
        Mix("clock", "sets clocks wrong: jumps, strobes and or skew", Clocks),
        .. Clocks,
        Mix("packet", "makes links bad: delay, loss, duplication or reordering", Packets),
        .. Packets,
    ];

    /// <summary>The nemesis of that name, or null.</summary>
    public static INemesis? Find(string name) => All.FirstOrDefault(nemesis => nemesis.Name == name);

    /// <summary>Reads a list such as <c>partition,kill,pause</c>; <c>none</c> or nothing is the empty list.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or given twice; the message lists those that exist.</exception>
    public static IReadOnlyList<INemesis> Parse(string list)
    {
        var names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = new List<INemesis>();
        foreach (var name in names)
        {
            if (name == None)
            {
                if (names.Length > 1) throw new ArgumentException(
                    $"nemesis \"{None}\" stands alone: expected no other name beside it", nameof(list));
                continue;
            }

            var nemesis = Find(name) ?? throw new ArgumentException(
                $"unknown nemesis \"{name}\": expected {None}, or one or more of {string.Join(", ", All.Select(known => known.Name))}",
                nameof(list));
            if (found.Contains(nemesis)) throw new ArgumentException(
                $"nemesis \"{name}\" is given twice: expected each name once", nameof(list));
            found.Add(nemesis);
        }

        return found;
    }

    private static MixedNemesis Mix(string name, string summary, IEnumerable<INemesis> nemeses) =>
        new(name, summary, [.. nemeses.Select(nemesis => (nemesis, 1))]);

    // Faults of a few nodes and of the primaries are the ones that correct stores survive and wrong ones do not: they come more often.
    private static IEnumerable<INemesis> Scoped(string family, string summary, Func<NodeScope, INemesis> make)
    {
        (INemesis Nemesis, int Weight)[] choices =
        [
            (make(NodeScope.One), 3),
            (make(NodeScope.Minority), 2),
            (make(NodeScope.Majority), 1),
            (make(NodeScope.All), 1),
            (make(NodeScope.Primaries), 3),
        ];
        return [new MixedNemesis(family, summary, choices), .. choices.Select(choice => choice.Nemesis)];
    }
}
