namespace Checker.Reports.Charts;

/// <summary>The classes of a chart's parts, and the style sheet of a static file. A page has its own rules for the same classes.</summary>
internal static class ChartStyle
{
    /// <summary>The style sheet of a static file. Plain rules without variables, so that viewers other than browsers follow them.</summary>
    public const string Standalone =
        """
        .chart{font-family:system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;font-size:12px;font-variant-numeric:tabular-nums}
        .paper{fill:#fff}.heading{font-size:17px;font-weight:600;fill:#1b2330}.note,.label,.tick{fill:#5a6576}.tick{font-size:11px}
        .panel-title{font-size:13px;font-weight:600;fill:#1b2330}.legend{fill:#36404f}.fault-name{font-size:10.5px;fill:#7a4a12}
        .grid{stroke:#e4e8ee;stroke-width:1;fill:none}.axis{stroke:#97a1af;stroke-width:1;fill:none}
        .shade{fill:#e8a33d;fill-opacity:.11}.fault-bar{fill:#c77d14;fill-opacity:.8}
        .line{fill:none;stroke-width:1.7;stroke-linejoin:round;stroke-linecap:round}
        .dot{fill:none;stroke-width:3;stroke-linecap:round;stroke-opacity:.55}
        .cross{fill:none;stroke-width:1.4}.triangle{fill:none;stroke-width:1.3}
        .dot.few{stroke-width:7;stroke-opacity:.9}.dot.some{stroke-width:4;stroke-opacity:.7}.dot.key{stroke-width:8;stroke-opacity:1}
        .tone-ok{stroke:#1f6fb4}.tone-fail{stroke:#c2600c}.tone-info{stroke:#8a3fb0}
        .fill-info{fill:#8a3fb0}
        .tone-step1{stroke:#6fa8dc}.tone-step2{stroke:#2f7fc1}.tone-step3{stroke:#8358b8}.tone-step4{stroke:#b3246b}
        @media (prefers-color-scheme:dark){
        .paper{fill:#12171f}
        .heading,.panel-title{fill:#e8edf4}.note,.label,.tick{fill:#9aa6b6}.legend{fill:#c5cedb}.fault-name{fill:#e2ad66}
        .grid{stroke:#262f3c}.axis{stroke:#556275}.shade{fill:#e8a33d;fill-opacity:.14}.fault-bar{fill:#d9962f}
        .tone-ok{stroke:#5aa9ec}.tone-fail{stroke:#f0954a}.tone-info{stroke:#c58be6}.fill-info{fill:#c58be6}
        .tone-step1{stroke:#3f78ad}.tone-step2{stroke:#6db3f2}.tone-step3{stroke:#b794f4}.tone-step4{stroke:#f27ab0}}
        """;

    /// <summary>The class of a colour.</summary>
    public static string ClassOf(Tone tone) => tone switch
    {
        Tone.Ok => "tone-ok",
        Tone.Fail => "tone-fail",
        Tone.Info => "tone-info",
        Tone.Step1 => "tone-step1",
        Tone.Step2 => "tone-step2",
        Tone.Step3 => "tone-step3",
        _ => "tone-step4",
    };

    /// <summary>The class, after a space, that makes few points large and many points small.</summary>
    public static string SizeOf(int points) => points switch
    {
        < 60 => " few",
        < 800 => " some",
        _ => "",
    };

    /// <summary>The class of a shape.</summary>
    public static string ClassOf(Marker marker) => marker switch
    {
        Marker.Dot => "dot",
        Marker.Cross => "cross",
        _ => "triangle",
    };
}
