using System.Globalization;
using Checker.Checkers.Lattice;
using Checker.Checkers.Specs;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>
/// Eventual consistency (Vogels 2009) made precise for histories that end: once everything has been quiet, all replicas have received the
/// same updates, and replicas that have received the same updates answer the same.
/// </summary>
/// <remarks>
/// <para>Definition. The <i>quiet period</i> begins with the last event that disturbs: the completion of an update that did not fail (its
/// invocation, if it has no completion), of whichever object, or a line of the nemesis. The <i>final reads</i> are the last ok read of each
/// object (of a set: of each element) by each process, if it began in the quiet period. A history is eventually consistent if there are, for each object,
/// a total order of its updates (the arbitration) and, for each final read r, a set D(r) of updates that has all that completed ok and any
/// of those of unknown outcome, such that r returns what the data type makes of D(r) in that order. So final reads that see the same updates
/// agree. What was read before the quiet period had happened by then: if only updates of unknown outcome can have written a value, added an
/// element or appended an item that an ok read or compare-and-set found before, one of them (of an item, as many as were found) is in each D(r) too.
/// Sums and texts are not traced in this way.
/// This is eventual delivery with strong convergence (Shapiro, Preguiça, Baquero and Zawirski, "Conflict-free replicated data types", 2011,
/// section 2), and eventual visibility with arbitration (Burckhardt, "Principles of eventual consistency", 2014; Bouajjani, Enea and Hamza,
/// POPL 2014; Viotti and Vukolić 2016, section 3.2), with "eventually" replaced by "in the quiet period".</para>
/// <para>What the data types make of updates:</para>
/// <list type="bullet">
/// <item>register, cas-register, lww-register, kv, and each register of a multi-register or snapshot: the last in the order. The order need
/// not be that of real time, nor that of a process: a timestamp may be any. Therefore all final reads return one value that some
/// update wrote, not necessarily the latest; the initial value only if no update happened; or values of updates of unknown outcome. A
/// compare-and-set is a write of its new value: what it found is no final read. Texts appended to a key: those after the last write.</item>
/// <item>counter, g-counter, pn-counter: the sum of all.</item>
/// <item>set, g-set: an element is there if the last add or remove of it in the order is an add. So it must be there if it was added and
/// never removed, must not if it was never added, and may be or not, but the same for all, if both happened.</item>
/// <item>or-set: an element is there if some add of it was not observed by any remove of it. What a remove observed is not recorded: it may have
/// been any of the adds that began before the remove ended (that includes none of them: the replica that executed it may have lagged). So
/// an element must be there if some add of it began after all removes of it had ended; may be there if it was added at all; and may be
/// absent if for each add some remove ended after it had begun.</item>
/// <item>append-list: all items, in the order.</item>
/// </list>
/// <para>Choices. Reads before the quiet period are not judged: eventual consistency promises nothing about them. Only the last read of each
/// process counts, so a process that polled until its replica had caught up is not held against the store. The quiet period is
/// measured in events; <see cref="CheckOptions.Quiet"/> asks for time as well. It takes all objects together, since a store that is busy with
/// one has no reason to have caught up with another; a run of this harness ends with healing, a pause, and reads of every object by every
/// client, and these are the final reads. An operation of unknown outcome may happen at any later time, or never, so that reads of the quiet period may
/// differ by it; that favours the store, and a history that is linearizable is eventually consistent. Nothing else in the lattice
/// implies it: all other models let a process keep an old value for ever.
/// A history with updates and without final reads shows nothing: the verdict is unknown. So it is where reads disagree while a
/// fault was still in force. Each register of a transaction converges by itself: that transactions are seen whole is no part of this.
/// Strong eventual convergence also binds reads before the quiet period that saw the same updates; what a read saw is not recorded, and any
/// two reads may have seen different updates, so nothing more can be decided from a history of clients.
/// Queues, stacks, locks, logs with offsets and unique ids are not judged: their answers need agreement, not convergence.</para>
/// </remarks>
internal sealed class EventualModel : IConsistencyModel
{
    private const string Algorithm = "final reads";

    /// <inheritdoc/>
    public string Name => ModelNames.Eventual;

    /// <inheritdoc/>
    public string Summary => "when all updates and faults are over, all reads agree on a value that the updates can make";

    /// <inheritdoc/>
    public bool Supports(DataType type) =>
        type.Sequential.Name is "register" or "cas-register" or "kv" or "multi-register" or "snapshot" or "counter" or "pn-counter" or "set" or "append-list";

    /// <inheritdoc/>
    public Verdict Check(History history, DataType type, CheckOptions options)
    {
        var initial = Linearizability.Linearizability.InitialOf(history, options);
        if (BundledSpecs.Accept(type, new FirstMalformation(history, initial)) is { } malformed) return Verdict.Unknown(Name, Algorithm, malformed);
        var judgement = new Judgement(history, type, options);
        Judge(judgement);
        var findings = judgement.Findings;
        var steps = findings.Steps + history.Count;
        if (findings.Anomalies is [var first, ..])
        {
            return judgement.Quiet.OpenFault is { } fault
                ? Verdict.Unknown(Name, Algorithm, $"{first.Explanation} But the fault {fault.F} (line {history.Line(fault.Position)}) was still in force, so that nothing is promised yet", steps)
                : Verdict.Invalid(Name, Algorithm, findings.Anomalies, steps);
        }

        if (findings.Undecided is { } reason) return Verdict.Unknown(Name, Algorithm, reason, steps);
        return judgement.Quiet.HasUpdates && findings.FinalReads == 0
            ? Verdict.Unknown(Name, Algorithm, Unread(judgement), steps)
            : Verdict.Valid(Name, string.Create(CultureInfo.InvariantCulture, $"{Algorithm}: {findings.FinalReads:N0}"), steps: steps);
    }

    private static void Judge(Judgement judgement)
    {
        switch (judgement.Type.Sequential.Name)
        {
            case "counter" or "pn-counter":
                new CounterConvergence(judgement).Run();
                break;
            case "set":
                new SetConvergence(judgement).Run();
                break;
            case "append-list":
                new ListConvergence(judgement).Run();
                break;
            default:
                new RegisterConvergence(judgement).Run();
                break;
        }
    }

    private static string Unread(Judgement judgement) =>
        $"no read began in the quiet period, from {judgement.Quiet.Text} on" +
        (judgement.Options.Quiet > 0 ? $" and {judgement.Options.Quiet / 1e9:0.###} s later" : "") +
        ": let every process read every object once all updates and faults are over";

    /// <summary>Finds an operation whose argument or result has the wrong form.</summary>
    private readonly struct FirstMalformation(History history, ValueId initial) : ISpecVisitor<string?>
    {
        public string? Visit<TSpec, TState>(SpecFactory<TSpec> make)
            where TSpec : struct, ISequentialSpec<TState>
            where TState : notnull, IEquatable<TState>
        {
            var spec = make(history.Values, initial);
            for (var op = 0; op < history.Count; op++)
            {
                var type = history.Types[op];
                if (type == OperationType.Fail) continue;
                var operation = new SpecOperation(
                    history.Functions[op], type, history.KeyId(history.Key[op]), history.Input[op], type == OperationType.Ok ? history.Output[op] : ValueId.Null, 0);
                if (spec.Malformed(operation) is { } problem) return $"{problem} (line {history.Line(history.Invoke[op])})";
            }

            return null;
        }
    }
}
