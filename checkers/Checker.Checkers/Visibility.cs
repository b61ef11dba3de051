using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Checker.Checkers.Tests")]
[assembly: InternalsVisibleTo("Checker.Benchmarks")]
