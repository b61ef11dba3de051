using System.CommandLine;
using Checker.Checkers;
using Checker.Checkers.Catalogue;
using Checker.Checkers.Lattice;
using Checker.Cli.Conventions;
using Checker.Harness.Nemeses;
using Checker.Harness.Workloads;
using Checker.Histories;
using Checker.Targets.Stores;

namespace Checker.Cli.Verbs;

/// <summary><c>checker list</c>: what there is.</summary>
internal static class ListVerb
{
    private static readonly string[] Kinds = ["targets", "workloads", "nemeses", "models", "types"];

    public static Command Create()
    {
        var kind = ChoiceOption.Argument("list", "What to show (default: everything)", Kinds);
        var command = new Command("list", "Shows what there is: targets with their settings and bugs, workloads, nemeses, models, data types.") { kind };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            foreach (var each in parsed.GetValue(kind) is { } one ? [one] : Kinds) Write(output, each);
            return (int)ExitCode.Valid;
        });
        return command;
    }

    private static void Write(TextWriter output, string kind)
    {
        output.WriteLine(kind);
        switch (kind)
        {
            case "targets":
                WriteTargets(output);
                break;
            case "workloads":
                foreach (var workload in WorkloadCatalogue.All) WriteLine(output, workload.Name, workload.Summary);
                break;
            case "nemeses":
                foreach (var nemesis in NemesisCatalogue.All) WriteLine(output, nemesis.Name, nemesis.Summary);
                break;
            case "models":
                foreach (var model in InLatticeOrder())
                {
                    WriteLine(output, model.Name, model.Summary);
                    output.WriteLine($"      types: {ModelTypes.Of(model)}");
                }

                break;
            default:
                foreach (var type in DataTypes.All) WriteLine(output, type.Name, type.Summary);
                break;
        }

        output.WriteLine();
    }

    // Each model before those it implies; then those that the lattice does not have.
    private static IEnumerable<IConsistencyModel> InLatticeOrder() =>
        ModelLattice.Models.Select(Models.Find).OfType<IConsistencyModel>().Concat(Models.All.Where(model => !ModelLattice.Models.Contains(model.Name)));

    private static void WriteTargets(TextWriter output)
    {
        foreach (var target in StoreCatalogue.All)
        {
            WriteLine(output, target.Name, target.Summary);
            output.WriteLine($"      types: {string.Join(", ", target.DataTypes)}");
            foreach (var setting in target.Settings)
            {
                var allowed = setting.Allowed.Count == 0 ? "a number" : string.Join("|", setting.Allowed);
                output.WriteLine($"      --set {setting.Name}={allowed} (default {setting.Default}): {setting.Summary}");
            }

            foreach (var bug in target.Bugs)
            {
                var under = bug.Nemesis.Count == 0 ? "" : $" [shows under {string.Join(",", bug.Nemesis)}]";
                output.WriteLine($"      --bug {bug.Name}: {bug.Summary}{under}");
            }
        }
    }

    private static void WriteLine(TextWriter output, string name, string summary) => output.WriteLine($"  {name,-30} {summary}");
}
