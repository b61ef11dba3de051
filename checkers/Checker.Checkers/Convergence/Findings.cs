namespace Checker.Checkers.Convergence;

/// <summary>What judging the objects of a history has brought up so far.</summary>
internal sealed class Findings
{
    private const int MostAnomalies = 5;

    private readonly List<Anomaly> _anomalies = [];

    /// <summary>The anomalies, the first few; at most one for each object.</summary>
    public IReadOnlyList<Anomaly> Anomalies => _anomalies;

    /// <summary>Why some object could not be decided; null if all could.</summary>
    public string? Undecided { get; private set; }

    /// <summary>How many final reads were judged.</summary>
    public int FinalReads { get; set; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Whether there are as many anomalies as anybody wants to see.</summary>
    public bool AreEnough => _anomalies.Count >= MostAnomalies;

    /// <summary>An object breaks the model.</summary>
    public void Report(Anomaly anomaly)
    {
        if (!AreEnough) _anomalies.Add(anomaly);
    }

    /// <summary>An object could not be decided.</summary>
    public void Leave(string reason) => Undecided ??= reason;
}
