using System.Globalization;

namespace Checker.Targets.Stores.Deployments;

/// <summary>Reads and checks what a store is configured with against what it declares.</summary>
internal sealed class SettingReader
{
    private readonly ITarget _target;
    private readonly DeploymentOptions _options;

    /// <summary>Refuses unknown settings, values, bugs and a number of nodes below 1.</summary>
    /// <exception cref="ArgumentException">Something makes no sense; the message says what was expected.</exception>
    public SettingReader(ITarget target, DeploymentOptions options)
    {
        _target = target;
        _options = options;
        if (options.Nodes < 1) throw new ArgumentException($"{target.Name} needs at least one node, not {options.Nodes}", nameof(options));
        foreach (var (name, value) in options.Settings)
        {
            var setting = target.Settings.FirstOrDefault(s => s.Name == name) ??
                throw Unknown("setting", name, target.Settings.Select(s => s.Name));
            if (setting.Allowed.Count > 0 && !setting.Allowed.Contains(value)) throw Unknown($"value of {name}", value, setting.Allowed);
        }

        foreach (var bug in options.Bugs)
        {
            if (target.Bugs.All(b => b.Name != bug)) throw Unknown("bug", bug, target.Bugs.Select(b => b.Name));
        }
    }

    /// <summary>Whether the bug is planted.</summary>
    public bool Has(string bug) => _options.Bugs.Contains(bug);

    /// <summary>The value of a setting.</summary>
    public string Text(string setting) => _options.Settings.GetValueOrDefault(setting) ?? _target.Settings.First(s => s.Name == setting).Default;

    /// <summary>A setting that counts nodes.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="otherwise">What <c>majority</c> stands for.</param>
    /// <exception cref="ArgumentException">It is neither <c>majority</c> nor a number from 1 to the number of nodes.</exception>
    public int Count(string setting, int otherwise)
    {
        var text = Text(setting);
        if (text == "majority") return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= _options.Nodes) return count;
        throw new ArgumentException($"{_target.Name}: {setting} is {text}; expected majority or a number from 1 to {_options.Nodes}");
    }

    private ArgumentException Unknown(string what, string given, IEnumerable<string> expected)
    {
        var known = string.Join(", ", expected);
        return new ArgumentException($"{_target.Name} knows no {what} '{given}'; expected {(known.Length > 0 ? "one of " + known : "none")}");
    }
}
