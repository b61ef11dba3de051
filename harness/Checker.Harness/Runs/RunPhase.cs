namespace Checker.Harness.Runs;

/// <summary>The parts of a run, in order.</summary>
public enum RunPhase
{
    /// <summary>The cluster is started and clients are opened.</summary>
    Setup,

    /// <summary>The workload runs and the nemesis breaks things.</summary>
    Main,

    /// <summary>Everything is healed: each client must get an operation through.</summary>
    Recovery,

    /// <summary>Every client reads everything once more.</summary>
    FinalReads,

    /// <summary>Clients and cluster are closed.</summary>
    Teardown,

    /// <summary>It is over.</summary>
    Done,
}
