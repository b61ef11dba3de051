using Checker.Checkers.Prose;
using Checker.Histories;
using Checker.Histories.Values;

namespace Checker.Checkers.Convergence;

/// <summary>One history to be judged: what all data types need to know, and where they say what they found.</summary>
internal sealed class Judgement
{
    public Judgement(History history, DataType type, CheckOptions options)
    {
        History = history;
        Type = type;
        Options = options;
        Initial = Linearizability.Linearizability.InitialOf(history, options);
        Quiet = new QuietPeriod(history, op => IsUpdate(history, op), options.Quiet);
        Words = new OperationText(history, type);
    }

    public History History { get; }

    public DataType Type { get; }

    public CheckOptions Options { get; }

    /// <summary>The initial value.</summary>
    public ValueId Initial { get; }

    /// <summary>The quiet period.</summary>
    public QuietPeriod Quiet { get; }

    /// <summary>Operations in words.</summary>
    public OperationText Words { get; }

    /// <summary>What was found.</summary>
    public Findings Findings { get; } = new();

    /// <summary>Whether an operation is an ok read of the quiet period.</summary>
    public bool IsQuietRead(int operation) =>
        History.Types[operation] == OperationType.Ok && Quiet.Contains(operation) && !IsUpdate(History, operation);

    /// <summary>Whether an operation is an update that did not fail.</summary>
    public bool IsUpdate(int operation) => History.Types[operation] != OperationType.Fail && IsUpdate(History, operation);

    /// <summary>Whether an operation returned for certain before the quiet period: what it saw had happened by then.</summary>
    public bool IsEarlier(int operation) => History.Types[operation] == OperationType.Ok && History.Complete[operation] <= Quiet.Start;

    /// <summary>An operation that saw something early, and the update that ended after it, without which it would not be early.</summary>
    public IEnumerable<int> Evidence(int witness) => Quiet.LastUpdate < 0 ? [witness] : [witness, Quiet.LastUpdate];

    /// <summary>An object in words: "the register", "x".</summary>
    public string ObjectText(int key) => History.KeyId(key).IsNull ? "the object" : History.Values.Text(History.KeyId(key));

    private static bool IsUpdate(History history, int operation) => history.Functions[operation] switch
    {
        Function.Read or Function.Contains or Function.Snapshot => false,
        Function.Transaction => RegisterAccess.HasWrites(history, operation),
        _ => true,
    };
}
