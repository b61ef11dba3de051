using Checker.Targets;

namespace Checker.Harness.Runs;

/// <summary>
/// The client of one worker thread. What goes wrong with it becomes a completion: an exception of an operation is info and costs the
/// client, which is opened anew for the next operation; an operation that found no client certainly did not happen.
/// </summary>
/// <param name="thread">The worker thread, from 0.</param>
/// <param name="cluster">Where clients come from.</param>
internal sealed class ClientThread(int thread, ICluster cluster)
{
    private IClient? _client;

    /// <summary>How often an operation of this thread was abandoned; a completion that comes later belongs to the past.</summary>
    public int Abandoned { get; private set; }

    /// <summary>Whether an operation is open.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Why the last operation that did not succeed did not; null if all did.</summary>
    public string? LastError { get; set; }

    /// <summary>Opens the client.</summary>
    public async Task OpenAsync(CancellationToken cancellation) => _client = await cluster.OpenClientAsync(thread, cancellation);

    /// <summary>Runs one operation. Never throws.</summary>
    public async ValueTask<Completion> InvokeAsync(Invocation invocation, CancellationToken cancellation)
    {
        try
        {
            if (_client is null) await OpenAsync(cancellation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return Completion.Fail("could not connect: " + Describe(e));
        }

        try
        {
            return await _client!.InvokeAsync(invocation, cancellation);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            await CloseAsync();
            return Completion.Info(Describe(e));
        }
    }

    /// <summary>Gives up the open operation and the client that will not end it.</summary>
    public void Abandon()
    {
        Abandoned++;
        IsBusy = false;
        _client = null;
    }

    /// <summary>Closes the client. Never throws: whatever the client still has to say, nobody is interested.</summary>
    public async Task CloseAsync()
    {
        if (_client is not { } client) return;
        _client = null;
        try
        {
            await client.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            LastError = "could not close: " + Describe(e);
        }
    }

    private static string Describe(Exception e) => $"{e.GetType().Name}: {e.Message}";
}
