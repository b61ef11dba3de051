using System.CommandLine;

namespace Checker.Cli.Verbs;

/// <summary><c>checker check</c>: judges stored histories.</summary>
internal static class CheckVerb
{
    public static Command Create()
    {
        var options = new HistoryOptions();
        var models = new Option<string?>("--model", "-m")
        {
            HelpName = "NAME,NAME…",
            Description = "Models, separated by commas (default: linearizable). Each with the data types that it is defined for: checker list models",
        };
        var explain = new Option<bool>("--explain")
        {
            Description = "Explain every anomaly in full: its operations, why each must precede the next, the longest attempts",
        };
        var verify = new Option<bool>("--verify")
        {
            Description = "Replay the order that proves each valid verdict, and the longest attempts of each violation, by the separate verifier",
        };
        var observe = new Option<bool>("--observe-failed-cas") { Description = "Count a failed cas as an observation that the value was another one" };
        var command = new Command("check", "Judges stored histories. Exit code: 0 valid, 1 a violation, 2 unknown, 254 bad input, 255 a crash of Checker.");
        options.AddTo(command);
        foreach (var option in new Option[] { models, explain, verify, observe }) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            var request = options.Request(parsed, Lookup.Models(parsed.GetValue(models)), cancellation);
            request = request with
            {
                Explain = parsed.GetValue(explain),
                Verify = parsed.GetValue(verify),
                Options = request.Options with { ObserveFailedCas = parsed.GetValue(observe) },
            };
            var configuration = parsed.InvocationConfiguration;
            return Task.FromResult((int)new HistoryCheck(request, configuration.Output, configuration.Error).Run(options.Files(parsed)));
        });
        return command;
    }
}
