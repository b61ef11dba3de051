using System.Globalization;
using Checker.Checkers.Linearizability.Problems;
using Checker.Checkers.Prose;
using Checker.Histories;

namespace Checker.Checkers.Linearizability.Special.Versions;

/// <summary>
/// Says why nobody can have left what an operation found in a register: of each write of the value that it began too late, or what replaced it.
/// </summary>
internal sealed class BaselessRead
{
    private const int MostSaid = 3;

    private readonly KeyHistory _history;
    private readonly RegisterUses _uses;
    private readonly OperationText _text;
    private readonly EvidenceBuilder _evidence;
    private readonly List<int> _writers = []; // of the register
    private readonly int _row;
    private readonly int _register;

    /// <summary>Prepares the words.</summary>
    /// <param name="history">The object.</param>
    /// <param name="uses">What its rows find and leave.</param>
    /// <param name="row">Who found it.</param>
    /// <param name="register">Where.</param>
    public BaselessRead(in KeyHistory history, RegisterUses uses, int row, int register)
    {
        _history = history;
        _uses = uses;
        _text = new OperationText(history.History, history.Type);
        _evidence = new EvidenceBuilder(history);
        (_row, _register) = (row, register);
        for (var other = 0; other < history.Count; other++)
        {
            if (other != row && _uses.LeftIn(other, register) >= 0) _writers.Add(other);
        }
    }

    /// <summary>The anomaly.</summary>
    public Anomaly Build()
    {
        var found = _uses.FoundIn(_row, _register);
        var reasons = new List<string>();
        if (found == _register) reasons.Add($"as what was there at first it had been replaced by {Replacing(-1)}");
        foreach (var writer in _writers)
        {
            if (_uses.LeftIn(writer, _register) == found) reasons.Add(Reason(writer));
        }

        _evidence.Add(_row);
        var passing = _uses.InPassing(found);
        if (reasons.Count == 0 && passing >= 0) _evidence.Add(passing);
        var said = reasons.Count switch
        {
            0 when passing >= 0 =>
                $"only {_text.Short(_history.Operations[passing])} wrote that, and replaced it in the same transaction, so that nobody else can find it",
            0 => "nobody else wrote that",
            1 => reasons[0],
            <= MostSaid => string.Join("; and ", reasons),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join("; ", reasons.Take(MostSaid))}; and so for {reasons.Count - MostSaid:N0} more writes of that"),
        };
        return _evidence.Build(
            reasons.Count == 0 ? "phantom-read" : "stale-read",
            $"{_text.Full(_history.Operations[_row])} found {_uses.Registers.NameOf(_register)} to be {_text.Text(_uses.ValueOf(found))}, but {said}.");
    }

    private string Reason(int row)
    {
        var name = _text.Short(_history.Operations[row]);
        if (_history.Invokes[row] > _history.Returns[_row])
        {
            _evidence.Step(_row, row, "real-time", "it ended before the write began");
            return $"{name} wrote it only after that had ended, from {_text.Began(_history.Operations[row])} on";
        }

        return $"what {name} wrote had been replaced by {Replacing(row)}";
    }

    // What certainly replaced a write before the read began.
    private string Replacing(int row)
    {
        foreach (var writer in _writers)
        {
            if (_history.Types[writer] != OperationType.Ok || _history.Returns[writer] > _history.Invokes[_row]) continue;
            if (row >= 0 && _history.Returns[row] > _history.Invokes[writer]) continue;
            _evidence.RealTime(writer, _row);
            if (row >= 0) _evidence.RealTime(row, writer);
            return $"{_text.Short(_history.Operations[writer])}, which ended at {_text.Ended(_history.Operations[writer])}, before that began";
        }

        return "others";
    }
}
