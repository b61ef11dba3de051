using Checker.Histories;
using Checker.Targets.Nodes;

namespace Checker.Targets.Stores.Clients;

/// <summary>
/// What the clients of all stores share: one request at a time, asked again after a silence, given up after <see cref="Timeout"/>. A
/// request that
/// may have taken effect then ends info; a read, or a request that never left, ends fail.
/// </summary>
internal abstract class RequestClient : IClient
{
    /// <summary>After so many nanoseconds an operation is given up.</summary>
    public const long Timeout = 1_000_000_000;

    private readonly Action _onSilence;
    private readonly Action _onTimeout;
    private TaskCompletionSource<Completion>? _pending;
    private CancellationTokenRegistration _cancellation;
    private ITimerHandle? _silence;
    private ITimerHandle? _timeout;

    /// <summary>Takes over what arrives at the endpoint.</summary>
    protected RequestClient(IEndpoint endpoint)
    {
        Endpoint = endpoint;
        _onSilence = OnSilence;
        _onTimeout = () => GiveUp("timeout");
        endpoint.OnReceive = OnReceive;
    }

    /// <summary>The door to the network.</summary>
    protected IEndpoint Endpoint { get; }

    /// <summary>The request in hand.</summary>
    protected Request Current { get; private set; } = new(0, Function.Read, default, default);

    /// <summary>Whether the current request has left, so that it may take effect.</summary>
    protected bool HasSent { get; private set; }

    /// <summary>After so many nanoseconds without an answer the client asks again.</summary>
    protected virtual long Patience => 250_000_000;

    /// <inheritdoc/>
    public ValueTask<Completion> InvokeAsync(Invocation invocation, CancellationToken cancellation)
    {
        if (_pending is not null) throw new InvalidOperationException("the client is still busy with its last operation");

        // The clock makes the numbers grow even when a client is opened anew for the same thread.
        var id = Math.Max(Current.Id + 1, Endpoint.MonotonicClock);
        Current = new Request(id, invocation.Function, invocation.Key, invocation.Value);
        HasSent = false;
        var pending = new TaskCompletionSource<Completion>();
        _pending = pending;
        _timeout = Endpoint.After(Timeout, _onTimeout);
        _silence = Endpoint.After(Patience, _onSilence);
        if (cancellation.CanBeCanceled) _cancellation = cancellation.Register(() => GiveUp("cancelled"));
        if (_pending is not null) Ask();
        return new ValueTask<Completion>(pending.Task);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Endpoint.OnReceive = null;
        if (_pending is not null) GiveUp("closed");
        return ValueTask.CompletedTask;
    }

    /// <summary>Sends the current request for the first time.</summary>
    protected abstract void Ask();

    /// <summary>Nothing was heard for a while: asks again, here or elsewhere.</summary>
    protected abstract void AskAgain();

    /// <summary>The operation was given up: a chance to look for another node.</summary>
    protected virtual void OnGivenUp()
    {
    }

    /// <summary>A node sends us elsewhere.</summary>
    protected virtual void OnRedirect(int from, int node)
    {
    }

    /// <summary>A message that only this store knows has arrived.</summary>
    protected virtual void OnMessage(int from, Message message)
    {
    }

    /// <summary>Sends the current request; from now on it may take effect.</summary>
    protected void SendRequest(int node) => SendRequest(node, Current);

    /// <summary>Sends the current request in an envelope; from now on it may take effect.</summary>
    protected void SendRequest(int node, Message envelope)
    {
        HasSent = true;
        Endpoint.Send(EndpointId.Node(node), envelope);
    }

    /// <summary>Ends the current operation without an answer: fail if it cannot have had an effect, otherwise info.</summary>
    protected void GiveUp(string error)
    {
        if (_pending is null) return;
        OnGivenUp();
        var harmless = Current.Function == Function.Read || !HasSent;
        Complete(harmless ? Completion.Fail(error) : Completion.Info(error));
    }

    /// <summary>Ends the current operation with an answer to it; an answer to an earlier one is ignored.</summary>
    protected void Take(Answer answer)
    {
        if (answer.Id == Current.Id) Complete(new Completion(answer.Type, answer.Value, answer.Error));
    }

    private void OnReceive(EndpointId from, Message message)
    {
        if (_pending is null) return;
        switch (message)
        {
            case Answer answer:
                Take(answer);
                break;
            case Redirect redirect:
                if (redirect.Id == Current.Id) OnRedirect(from.Ordinal, redirect.Node);
                break;
            default:
                OnMessage(from.Ordinal, message);
                break;
        }
    }

    private void OnSilence()
    {
        if (_pending is null) return;
        _silence = Endpoint.After(Patience, _onSilence);
        AskAgain();
    }

    private void Complete(Completion completion)
    {
        var pending = _pending!;
        _pending = null;
        _timeout?.Cancel();
        _silence?.Cancel();
        _cancellation.Dispose();
        _cancellation = default;
        pending.SetResult(completion);
    }
}
