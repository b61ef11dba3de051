using System.Runtime.InteropServices;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>
/// Registers, each alone: all final reads but those of values of unknown outcome return one value, written by an update that happened, or
/// the initial one if none did. O(operations). See <see cref="EventualModel"/>.
/// </summary>
internal sealed class RegisterConvergence
{
    private const int Nobody = -1;

    private readonly Judgement _judgement;
    private readonly History _history;
    private readonly RegisterAccess _access;
    private readonly List<Slot> _slots = [];
    private readonly Dictionary<Cell, int> _slotOf = [];
    private readonly Dictionary<int, Register> _judged = [];

    public RegisterConvergence(Judgement judgement)
    {
        _judgement = judgement;
        _history = judgement.History;
        _access = new RegisterAccess(_history, judgement.Type, judgement.Initial);
    }

    /// <summary>Judges every register that has a final read.</summary>
    public void Run()
    {
        FindFinalReads();
        if (_judged.Count == 0) return;
        FindWriters();
        FindEvidence();
        foreach (var (number, register) in _judged.OrderBy(pair => pair.Key))
        {
            if (_judgement.Findings.AreEnough) return;
            if (register.Appends) new TextConvergence(_judgement, number, [.. register.Slots.Select(slot => (_slots[slot].Value, _slots[slot].Reader))]).Run();
            else Judge(number, register);
        }
    }

    // Of each process the last read of each register, found from the end.
    private void FindFinalReads()
    {
        var seen = new HashSet<(int Process, int Register)>();
        for (var op = _history.Count - 1; op >= 0 && _history.Invoke[op] > _judgement.Quiet.Start; op--)
        {
            if (!_judgement.IsQuietRead(op)) continue;
            foreach (var cell in _access.WholeReads(op))
            {
                if (!seen.Add((_history.Process[op], cell.Object))) continue;
                _judgement.Findings.FinalReads++;
                ref var register = ref CollectionsMarshal.GetValueRefOrAddDefault(_judged, cell.Object, out var known);
                register ??= new Register();
                var slot = SlotOf(cell);
                if (_slots[slot].Reader == Nobody) register.Slots.Add(slot);
                _slots[slot].Reader = op;
            }
        }
    }

    private void FindWriters()
    {
        for (var op = 0; op < _history.Count; op++)
        {
            if (!_judgement.IsUpdate(op)) continue;
            if (_history.Functions[op] == Function.Append)
            {
                if (_judged.TryGetValue(_history.Key[op], out var text)) text.Appends = true;
                continue;
            }

            var isOk = _history.Types[op] == OperationType.Ok;
            foreach (var cell in _access.Writes(op))
            {
                if (!_judged.TryGetValue(cell.Object, out var register)) continue;
                if (isOk) register.Update = op;

                // A value that happened and that nobody finally read explains nothing; one of unknown outcome may yet turn out to have happened.
                if (isOk && !_slotOf.ContainsKey(cell)) continue;
                var slot = _slots[SlotOf(cell)];
                if (isOk) slot.Writer = op;
                else if (slot.Unknown++ == 0) slot.MayWrite = op;
            }
        }
    }

    // If all writes of a value that somebody found before the quiet period are of unknown outcome, one of them happened before it.
    private void FindEvidence()
    {
        if (!_slots.Exists(slot => slot.Unknown > 0 && slot.Writer == Nobody)) return;
        for (var op = 0; op < _history.Count && _history.Invoke[op] < _judgement.Quiet.Start; op++)
        {
            if (!_judgement.IsEarlier(op)) continue;
            foreach (var cell in _access.Reads(op))
            {
                if (!_slotOf.TryGetValue(cell, out var at) || cell.Value == _access.InitialOf(cell.Object)) continue;
                var slot = _slots[at];
                if (slot.Unknown == 0 || slot.Writer != Nobody) continue;
                (slot.Writer, slot.Unknown, slot.Witness) = (slot.MayWrite, slot.Unknown - 1, op);
                var register = _judged[cell.Object];
                if (register.Update == Nobody) (register.Update, register.Witness) = (slot.Writer, op);
            }
        }
    }

    private void Judge(int number, Register register)
    {
        Slot? agreed = null;
        foreach (var slot in register.Slots.Select(at => _slots[at]).OrderBy(slot => slot.Reader))
        {
            if (slot.Unknown > 0) continue;
            var isInitial = slot.Value == _access.InitialOf(number);
            if (slot.Writer == Nobody && !(isInitial && register.Update == Nobody))
            {
                _judgement.Findings.Report(isInitial ? Lost(number, register, slot) : Unwritten(number, slot));
                return;
            }

            if (agreed is not null)
            {
                _judgement.Findings.Report(Disagreement(number, agreed, slot));
                return;
            }

            agreed = slot;
        }
    }

    private Anomaly Disagreement(int register, Slot first, Slot second)
    {
        var words = _judgement.Words;
        var operations = new List<int>();
        var edges = new List<Edge>();
        foreach (var slot in new[] { first, second })
        {
            operations.Add(slot.Reader);
            if (slot.Writer != Nobody) operations.Add(slot.Writer);
            if (slot.Witness != Nobody) operations.AddRange(_judgement.Evidence(slot.Witness));
            if (slot.Writer != Nobody) edges.Add(new Edge(slot.Writer, slot.Reader, "reads-from", $"the read returned {Text(slot.Value)}, which this operation wrote"));
        }

        return new Anomaly(
            "final-reads-disagree",
            [.. operations.Distinct().Order()],
            $"Everything was quiet from {_judgement.Quiet.Text} on. After that, process {_history.Process[first.Reader]} read {Text(first.Value)} from " +
            $"{_access.Name(register)} (line {words.Line(first.Reader)}) and process {_history.Process[second.Reader]} read {Text(second.Value)} (line " +
            $"{words.Line(second.Reader)}), and neither read {_access.Name(register)} again. {Origin(first)} {Origin(second)} " +
            $"Replicas that have received the same updates hold the same value; these have not converged.")
        {
            Key = KeyOf(first.Reader),
            Edges = edges,
        };
    }

    private Anomaly Lost(int number, Register register, Slot slot)
    {
        var (update, witness) = (register.Update, register.Witness);
        var happened = witness == Nobody
            ? _judgement.Words.Full(update)
            : $"{_judgement.Words.Full(update)}, and that happened, since {_judgement.Words.Full(witness)}";
        return new Anomaly(
            "lost-update",
            witness == Nobody ? [update, slot.Reader] : [.. _judgement.Evidence(witness).Append(update).Append(slot.Reader).Distinct().Order()],
            $"Everything was quiet from {_judgement.Quiet.Text} on. After that, process {_history.Process[slot.Reader]} read the initial value " +
            $"{Text(slot.Value)} from {_access.Name(number)} (line {_judgement.Words.Line(slot.Reader)}), and did not read it again. But {happened}: " +
            "some write must be there in the end.")
        {
            Key = KeyOf(slot.Reader),
        };
    }

    private Anomaly Unwritten(int register, Slot slot) => new(
        "unwritten-value",
        [slot.Reader],
        $"{_judgement.Words.Full(slot.Reader)}, when everything had been quiet from {_judgement.Quiet.Text} on; but no operation that may have happened " +
        $"wrote {Text(slot.Value)} to {_access.Name(register)}.")
    {
        Key = KeyOf(slot.Reader),
    };

    private string Origin(Slot slot)
    {
        if (slot.Writer == Nobody) return $"{Text(slot.Value)} is the initial value.";
        return slot.Witness == Nobody
            ? $"{Text(slot.Value)} was written by process {_history.Process[slot.Writer]} (line {_judgement.Words.Line(slot.Writer)})."
            : $"{Text(slot.Value)} was written by process {_history.Process[slot.Writer]} (line {_judgement.Words.Line(slot.Writer)}): its outcome is unknown, " +
                $"but process {_history.Process[slot.Witness]} saw it (line {_judgement.Words.Line(slot.Witness)}).";
    }

    private string Text(ValueId value) => _history.Values.Text(value);

    private int KeyOf(int operation) => Specs.BundledSpecs.SpansKeys(_judgement.Type) ? -1 : _history.Key[operation];

    private int SlotOf(Cell cell)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slotOf, cell, out var known);
        if (known) return slot;
        slot = _slots.Count;
        _slots.Add(new Slot { Value = cell.Value });
        return slot;
    }

    /// <summary>A register that somebody finally read.</summary>
    private sealed class Register
    {
        /// <summary>The values that were finally read.</summary>
        public List<int> Slots { get; } = [];

        /// <summary>An update that happened.</summary>
        public int Update { get; set; } = Nobody;

        /// <summary>The operation that saw it early, if its outcome is unknown.</summary>
        public int Witness { get; set; } = Nobody;

        /// <summary>Whether texts were appended to it.</summary>
        public bool Appends { get; set; }
    }

    /// <summary>A value of a register.</summary>
    private sealed class Slot
    {
        public ValueId Value { get; init; }

        /// <summary>A final read of it.</summary>
        public int Reader { get; set; } = Nobody;

        /// <summary>An operation that wrote it and that happened.</summary>
        public int Writer { get; set; } = Nobody;

        /// <summary>An operation of unknown outcome that may have written it.</summary>
        public int MayWrite { get; set; } = Nobody;

        /// <summary>How many writes of it may have happened or may not.</summary>
        public int Unknown { get; set; }

        /// <summary>The operation that found it early, so that its writer, though of unknown outcome, happened.</summary>
        public int Witness { get; set; } = Nobody;
    }
}
