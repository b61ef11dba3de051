using System.Collections.Immutable;
using Checker.Harness.Worlds;
using Checker.Targets;
using Checker.Targets.Faults;

namespace Checker.Harness.RealTime;

/// <summary>The faults of all links. Read from any thread, changed on the run's.</summary>
internal sealed class LinkTable
{
    private volatile ImmutableDictionary<Link, LinkFault[]> _faults = ImmutableDictionary<Link, LinkFault[]>.Empty;

    /// <summary>The faults of one link, oldest first, or null.</summary>
    public LinkFault[]? this[EndpointId from, EndpointId to] => _faults.GetValueOrDefault(new Link(from, to));

    /// <summary>Puts a fault on links until it is healed.</summary>
    public LinkFault Break(IReadOnlyList<Link> links, LinkFault fault)
    {
        var distinct = links.Distinct().ToArray();
        foreach (var link in distinct) _faults = _faults.SetItem(link, [.. _faults.GetValueOrDefault(link) ?? [], fault]);
        fault.HealBy(() =>
        {
            foreach (var link in distinct)
            {
                LinkFault[] left = [.. _faults[link].Where(other => other != fault)];
                _faults = left.Length == 0 ? _faults.Remove(link) : _faults.SetItem(link, left);
            }

            return default;
        });
        return fault;
    }
}
