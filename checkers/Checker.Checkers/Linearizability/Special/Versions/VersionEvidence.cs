using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Says why a part of a history has no order: one of its registers by itself has none, or the operations of a cycle, if they refute the history by themselves.
/// Otherwise the part is named, and the words are those that are said of any history without an order.
/// </summary>
internal sealed class VersionEvidence
{
    private readonly KeyHistory _history;
    private readonly RegisterUses _uses;
    private readonly VersionHistory _traced;
    private readonly CheckOptions _options;

    /// <summary>Prepares the evidence.</summary>
    /// <param name="history">The object.</param>
    /// <param name="uses">What its rows find and leave.</param>
    /// <param name="traced">The same, traced, with all that a read may have found.</param>
    /// <param name="options">Budgets and readings.</param>
    public VersionEvidence(in KeyHistory history, RegisterUses uses, VersionHistory traced, CheckOptions options)
    {
        (_history, _uses) = (history, uses);
        (_traced, _options) = (traced, options);
    }

    /// <summary>The anomaly.</summary>
    /// <param name="part">A part that has no order.</param>
    public Anomaly Build(VersionHistory part)
    {
        if (RegistersOneByOne.Refute(_history.Only(part.Rows), UsesOf(part), _options) is { } alone) return alone;
        if (_options.Certify && VersionCycle.Of(part, out var length) is { } steps)
        {
            var anomaly = new VersionArgument(_history, _uses, part).Build(steps, length, out var rows);
            var few = _history.Only(WithSources(rows));
            if (new RegistersTogether().TryDecide(few, _options with { Certify = false }).Outcome == SpecialOutcome.Invalid) return anomaly;
        }

        var evidence = new EvidenceBuilder(_history);
        foreach (var row in part.Rows) evidence.Add(row);
        return evidence.Build("non-linearizable", "");
    }

    // What is certainly found and left in a part.
    private RegisterUses UsesOf(VersionHistory part)
    {
        var contents = new int[part.Versions];
        for (var version = 0; version < contents.Length; version++)
        {
            var register = part.Register[version];
            contents[version] = part.Writer[version] is >= 0 and var writer ? _uses.LeftIn(part.Rows[writer], register) : register;
        }

        return _uses.Only(Contents(part.Reads), Contents(part.Writes));

        Lists Contents(Lists versions)
        {
            var (owners, items) = (new List<int>(), new List<int>());
            for (var operation = 0; operation < part.Count; operation++)
            {
                foreach (var version in versions[operation])
                {
                    owners.Add(operation);
                    items.Add(contents[version]);
                }
            }

            return Lists.Of(part.Count, [.. owners], [.. items]);
        }
    }

    // Some rows, those that wrote what they found, and so on.
    private int[] WithSources(IEnumerable<int> rows)
    {
        var kept = new SortedSet<int>();
        var left = new Stack<int>(rows.Select(row => Array.BinarySearch(_traced.Rows, row)));
        while (left.TryPop(out var operation))
        {
            if (!kept.Add(_traced.Rows[operation])) continue;
            foreach (var version in _traced.Reads[operation]) Want(version);
            foreach (var doubt in _traced.Doubts[operation])
            {
                foreach (var version in _traced.Candidates[doubt]) Want(version);
            }
        }

        return [.. kept];

        void Want(int version)
        {
            if (_traced.Writer[version] is >= 0 and var writer) left.Push(writer);
        }
    }
}
