using System.Collections.Immutable;
using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Tests.Pumps;

/// <summary>A disk that knows what was written and what of it would survive a power loss.</summary>
internal sealed class PumpStorage : IStorage
{
    private Contents _written = Contents.Empty;
    private Contents _durable = Contents.Empty;

    /// <summary>Counts the starts of the node, so that syncs of an earlier start are ignored.</summary>
    public int Epoch { get; set; }

    public T? Read<T>(string cell)
        where T : class => (T?)_written.Cells.GetValueOrDefault(cell);

    public void Write<T>(string cell, T content)
        where T : class => _written = _written with { Cells = _written.Cells.SetItem(cell, content) };

    public int Length(string log) => Log(log).Count;

    public T Entry<T>(string log, int index)
        where T : class => (T)Log(log)[index];

    public void Append<T>(string log, T entry)
        where T : class => _written = _written with { Logs = _written.Logs.SetItem(log, Log(log).Add(entry)) };

    public void Truncate(string log, int length) =>
        _written = _written with { Logs = _written.Logs.SetItem(log, Log(log).RemoveRange(length, Log(log).Count - length)) };

    public void Sync(Action durable)
    {
        Keep(_written);
        durable();
    }

    public Contents Snapshot() => _written;

    public void Keep(Contents contents) => _durable = contents;

    public void LosePower() => _written = _durable;

    private ImmutableList<object> Log(string log) => _written.Logs.GetValueOrDefault(log) ?? [];

    internal sealed record Contents(ImmutableDictionary<string, object> Cells, ImmutableDictionary<string, ImmutableList<object>> Logs)
    {
        public static Contents Empty { get; } =
            new(ImmutableDictionary<string, object>.Empty, ImmutableDictionary<string, ImmutableList<object>>.Empty);
    }
}
