using Checker.Targets.Faults;

namespace Checker.Harness.Nemeses;

/// <summary>Several faults that are injected and healed together; its evidence is the sum of theirs.</summary>
/// <param name="faults">The faults, in the order of injection.</param>
public sealed class FaultGroup(IReadOnlyList<IFault> faults) : IFault
{
    /// <inheritdoc/>
    public Evidence Evidence => Sum(faults);

    /// <summary>Injects a fault at each node in turn; if one cannot be injected, those before it are healed.</summary>
    public static async ValueTask<FaultGroup> InjectAsync(IEnumerable<int> nodes, Func<int, ValueTask<IFault>> inject)
    {
        var injected = new List<IFault>();
        try
        {
            foreach (var node in nodes) injected.Add(await inject(node));
        }
        catch
        {
            foreach (var fault in injected) await fault.DisposeAsync();
            throw;
        }

        return new FaultGroup(injected);
    }

    /// <summary>Heals all of them, also if one of them cannot be healed; throws its exception after the others.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Exception>? failures = null;
        foreach (var fault in faults)
        {
            try
            {
                await fault.DisposeAsync();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                (failures ??= []).Add(e);
            }
        }

        if (failures is not null) throw new AggregateException("a fault could not be healed", failures);
    }

    /// <summary>The evidence of several faults together: hits add up; different kinds of hit are all named.</summary>
    public static Evidence Sum(IEnumerable<IFault> faults)
    {
        var hits = 0L;
        var what = new List<string>();
        foreach (var evidence in faults.Select(fault => fault.Evidence))
        {
            hits += evidence.Hits;
            if (evidence.What is { Length: > 0 } text && !what.Contains(text)) what.Add(text);
        }

        return new Evidence(hits, string.Join(", ", what));
    }
}
