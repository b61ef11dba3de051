using Checker.Cli;

return (int)await CommandLine.RunAsync(args, Console.Out, Console.Error);
