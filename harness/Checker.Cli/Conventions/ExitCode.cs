using Checker.Checkers;

namespace Checker.Cli.Conventions;

/// <summary>What the process tells its caller.</summary>
public enum ExitCode
{
    /// <summary>Everything checked is valid.</summary>
    Valid = 0,

    /// <summary>A violation was found.</summary>
    Violation = 1,

    /// <summary>Something could not be decided.</summary>
    Unknown = 2,

    /// <summary>A run proved nothing: no fault bit, or no operation succeeded.</summary>
    Vacuous = 3,

    /// <summary>The target could not be set up or reached.</summary>
    Infrastructure = 4,

    /// <summary>Bad arguments or bad input.</summary>
    BadInput = 254,

    /// <summary>Checker itself crashed.</summary>
    Crash = 255,
}

/// <summary>How exit codes come about and combine.</summary>
public static class ExitCodes
{
    // Worst last.
    private static readonly ExitCode[] ByWeight =
    [
        ExitCode.Valid, ExitCode.Unknown, ExitCode.Vacuous, ExitCode.Violation, ExitCode.Infrastructure, ExitCode.BadInput, ExitCode.Crash,
    ];

    /// <summary>The code of a verdict.</summary>
    public static ExitCode Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.Valid => ExitCode.Valid,
        VerdictKind.Invalid => ExitCode.Violation,
        _ => ExitCode.Unknown,
    };

    /// <summary>The code of several outcomes together: 255 &gt; 254 &gt; 4 &gt; 1 &gt; 3 &gt; 2 &gt; 0.</summary>
    public static ExitCode Combine(ExitCode left, ExitCode right) =>
        Array.IndexOf(ByWeight, left) >= Array.IndexOf(ByWeight, right) ? left : right;
}
