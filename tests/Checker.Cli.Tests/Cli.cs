using System.Runtime.CompilerServices;
using Checker.Cli.Conventions;

namespace Checker.Cli.Tests;

/// <summary>Runs the command in this process, and keeps what it says.</summary>
internal sealed class Cli : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("checker-cli-").FullName;

    public StringWriter Output { get; } = new();

    public StringWriter Error { get; } = new();

    public static string Corpus { get; } = Path.Combine(RepositoryRoot(), "tests", "corpus", "linearizability");

    public async Task<ExitCode> RunAsync(params string[] args) => await CommandLine.RunAsync(args, Output, Error);

    public string Write(string name, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string RepositoryRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "Checker.sln"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
