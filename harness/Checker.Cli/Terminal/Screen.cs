using Spectre.Console;

namespace Checker.Cli.Terminal;

/// <summary>Where people read: colours on a terminal, plain unbroken lines into files and pipes.</summary>
internal static class Screen
{
    /// <summary>A console that writes to a writer.</summary>
    public static IAnsiConsole On(TextWriter writer)
    {
        var terminal = new AnsiConsoleOutput(writer).IsTerminal;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        });
        if (!terminal) console.Profile.Width = 100_000;
        return console;
    }

    /// <summary>Whether what is written there can be drawn over.</summary>
    public static bool IsInteractive(IAnsiConsole console) => console.Profile.Out.IsTerminal && console.Profile.Capabilities.Ansi;
}
