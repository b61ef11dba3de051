using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Prose;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>Puts a cycle of <see cref="VersionCycle"/> into words.</summary>
internal sealed class VersionArgument
{
    private const int MostSteps = 12; // more are said, but not in one sentence

    private readonly KeyHistory _history;
    private readonly VersionHistory _versions;
    private readonly RegisterUses _uses;
    private readonly OperationText _text;
    private readonly HashSet<int> _known = []; // rows that were named in full

    /// <summary>Prepares the words.</summary>
    /// <param name="history">The object.</param>
    /// <param name="uses">What its rows find and leave.</param>
    /// <param name="versions">The same, traced.</param>
    public VersionArgument(in KeyHistory history, RegisterUses uses, VersionHistory versions)
    {
        _history = history;
        _versions = versions;
        _uses = uses;
        _text = new OperationText(history.History, history.Type);
    }

    /// <summary>The anomaly.</summary>
    /// <param name="steps">The steps of the argument.</param>
    /// <param name="length">How many of them, at the end, are the cycle.</param>
    /// <param name="rows">The rows that it is about.</param>
    public Anomaly Build(IReadOnlyList<VersionStep> steps, int length, out HashSet<int> rows)
    {
        rows = [];
        var evidence = new EvidenceBuilder(_history);
        var said = new List<string>();
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            var (from, to) = (_versions.Rows[step.From], _versions.Rows[step.To]);
            var (one, other) = (Name(from), Name(to));
            var why = Why(step);
            rows.UnionWith([from, to]);
            if (step.Reader >= 0) rows.Add(_versions.Rows[step.Reader]);
            if (step.Found >= 0 && _versions.Writer[step.Found] is >= 0 and var writer) rows.Add(_versions.Rows[writer]);
            evidence.Step(from, to, Relation(step.Kind), why);
            if (i < MostSteps || i >= steps.Count - length) said.Add($"{one} must come before {other}, since {why}");
            else if (i == MostSteps) said.Add(string.Create(CultureInfo.InvariantCulture, $"and so on for {steps.Count - length - i:N0} more"));
        }

        foreach (var row in rows) evidence.Add(row);
        var circle = length == 2 ? "The last two contradict each other" : $"The last {length} go round in a circle";
        if (steps.Count == length) circle = length == 2 ? "These two contradict each other" : $"These {length} go round in a circle";
        return evidence.Build("cyclic-order", $"{string.Join("; ", said)}. {circle}, so no order is possible.");
    }

    private static string Relation(VersionStepKind kind) => kind switch
    {
        VersionStepKind.RealTime => "real-time",
        VersionStepKind.ReadsFrom => "reads-from",
        _ => "forced",
    };

    private string Why(VersionStep step)
    {
        if (step.Kind == VersionStepKind.RealTime)
        {
            return $"it ended at {_text.Ended(_history.Operations[_versions.Rows[step.From]])}, " +
                $"before the other began at {_text.Began(_history.Operations[_versions.Rows[step.To]])}";
        }

        var found = $"found {_uses.Registers.NameOf(_versions.Register[step.Found])} to be {Value(step.Found)}";
        var writer = _versions.Writer[step.Found];
        return step.Kind switch
        {
            VersionStepKind.ReadsFrom => $"the latter {found}, which the former had written",
            VersionStepKind.Older =>
                $"{Name(_versions.Rows[step.Reader])} {found}, of the latter, and not {Value(step.Other)}, of the former, " +
                $"though that came before it{Because(step.From, step.Reader)}",
            _ when writer < 0 => $"the former {found}, as it was at first, and the latter wrote {Value(step.Other)} there",
            _ =>
                $"the former {found}, which {Name(_versions.Rows[writer])} had written, and the latter later replaced that by {Value(step.Other)}" +
                Because(writer, step.To),
        };
    }

    // Why one came before another, if it is to be seen from their times.
    private string Because(int one, int other) => _versions.Last[one] > _versions.First[other] ? "" :
        $" (ended at {_text.Ended(_history.Operations[_versions.Rows[one]])}, before {_text.Began(_history.Operations[_versions.Rows[other]])})";

    private string Value(int version)
    {
        var register = _versions.Register[version];
        return _text.Text(_uses.ValueOf(_versions.Writer[version] is >= 0 and var writer ? _uses.LeftIn(_versions.Rows[writer], register) : register));
    }

    private string Name(int row) => _known.Add(row) ? _text.Full(_history.Operations[row]) : _text.Short(_history.Operations[row]);
}
