using System.CommandLine;

namespace Checker.Cli.Verbs;

/// <summary><c>checker classify</c>: says which models stored histories satisfy and which they break.</summary>
internal static class ClassifyVerb
{
    public static Command Create()
    {
        var options = new HistoryOptions();
        var command = new Command(
            "classify",
            "Places stored histories among the consistency models: the strongest they satisfy, the weakest they break, with a witness. " +
            "Exit code: 0, whatever the verdicts; 2 stopped early, 254 bad input, 255 a crash of Checker.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var request = options.Request(parsed, Checkers.Catalogue.Models.All, cancellation);
            request = request with { Options = request.Options with { Certify = false } };
            var configuration = parsed.InvocationConfiguration;
            return Task.FromResult((int)new HistoryClassification(request, configuration.Output, configuration.Error).Run(options.Files(parsed)));
        });
        return command;
    }
}
