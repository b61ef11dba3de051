using Checker.Cli;
using Checker.Cli.Conventions;

using var interruption = new Interruption(Console.Error);
return (int)await CommandLine.RunAsync(args, Console.Out, Console.Error, interruption.Token);
