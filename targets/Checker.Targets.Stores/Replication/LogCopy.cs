using Checker.Targets.Nodes;
using Checker.Targets.Stores.Commands;

namespace Checker.Targets.Stores.Replication;

/// <summary>A replica's side of replication: takes the pieces in order and reports what is durable.</summary>
/// <param name="context">The replica's door.</param>
/// <param name="log">The replica's log.</param>
/// <param name="appended">Called with each entry that is new here.</param>
/// <param name="durable">Called when more of the log has become durable.</param>
internal sealed class LogCopy(INodeContext context, DurableLog log, Action<Command> appended, Action durable)
{
    /// <summary>Takes what is new of a piece; a piece that would leave a gap only earns a report of where the copy ends.</summary>
    public void Take(EndpointId primary, CopyLog piece)
    {
        var fresh = piece.Start + piece.Entries.Count > log.Length;
        if (!fresh || piece.Start > log.Length)
        {
            context.Send(primary, new LogCopied(log.Durable));
            return;
        }

        for (var i = log.Length - piece.Start; i < piece.Entries.Count; i++)
        {
            log.Append(piece.Entries[i]);
            appended(piece.Entries[i]);
        }

        log.Sync(() =>
        {
            durable();
            context.Send(primary, new LogCopied(log.Durable));
        });
    }
}
