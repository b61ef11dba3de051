using Checker.Reports.Output;

namespace Checker.Reports.Tests;

public class GalleryTests
{
    /// <summary>Writes sample reports to look at into the directory that CHECKER_GALLERY names.</summary>
    [SkippableFact]
    public void Writes_sample_reports_to_look_at()
    {
        var directory = Environment.GetEnvironmentVariable("CHECKER_GALLERY");
        Skip.If(string.IsNullOrEmpty(directory), "set CHECKER_GALLERY to a directory to write sample reports into it");
        ReportWriter.Write(SampleHistories.StaleRead(), Path.Combine(directory, "small"));
        ReportWriter.Write(SampleHistories.Run(3000, invalid: true), Path.Combine(directory, "medium"));
        ReportWriter.Write(SampleHistories.Run(100_000, invalid: true, threads: 20), Path.Combine(directory, "large"));
        var run = SampleHistories.Run(1500, invalid: false, threads: 60);
        ReportWriter.Write(run, Path.Combine(directory, "valid"));
        ReportWriter.Write(
            run with { Run = run.Run! with { VacuityReasons = ["no fault ever bit"], Faults = [new("partition", 3, 0, "messages dropped")] } },
            Path.Combine(directory, "vacuous"));
        Assert.True(new FileInfo(Path.Combine(directory, "large", "report.html")).Length < 4 << 20);
    }
}
