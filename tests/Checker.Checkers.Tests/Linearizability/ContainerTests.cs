using Checker.Histories;
using Lin = Checker.Checkers.Linearizability.Linearizability;

namespace Checker.Checkers.Tests.Linearizability;

/// <summary>What each data type may and may not do, drawn in pairs.</summary>
public sealed class ContainerTests
{
    [Theory]
    [InlineData("queue", "|-enqueue:1-|  |-enqueue:2-|  |-dequeue=1-|  |-dequeue=2-|  |-dequeue=_-|")]
    [InlineData("unordered-queue", "|-enqueue:1-|  |-enqueue:2-|  |-dequeue=2-|  |-dequeue=1-|  |-dequeue=_-|")]
    [InlineData("stack", "|-push:1-|  |-push:2-|  |-peek=2-| |-pop=2-|  |-pop=1-|  |-pop=_-|")]
    [InlineData("priority-queue", "|-insert:1-|  |-insert:3-|  |-insert:2-| |-extract-max=3-| |-extract-max=2-| |-extract-max=1-| |-extract-max=_-|")]
    [InlineData("priority-queue", "|-insert:[1,7]-|  |-insert:[1,8]-|  |-extract-max=[1,7]-| |-extract-max=[1,8]-|")]
    [InlineData("set", "|-add:1=true-|  |-add:1=false-|  |-contains:1=true-| |-read=[1]-| |-remove:1=true-| |-contains:1=false-| |-read=[]-|")]
    [InlineData("counter", "|-add:2-|  |-increment-|  |-read=3-|")]
    [InlineData("pn-counter", "|-add:-2-|  |-decrement-|  |-increment-| |-read=-2-|")]
    [InlineData("lock", "|-acquire-|  |-release-|  |-acquire-|")]
    [InlineData("lock", "|-acquire:a=1-|  |-release:a-|  |-acquire:b=2-|")]
    [InlineData("semaphore", "|-acquire-|  |-release-|  |-acquire:1-|")]
    [InlineData("unique-ids", "|-generate=1-|  |-generate=2-|  |-fetch-and-add:5=0-| |-fetch-and-add=5-|")]
    [InlineData("log", "|-send:7=[0,7]-|  |-send:8=[1,8]-|  |-poll:[0,1]=[[0,7],[1,8]]-| |-poll:[2]=[]-|")]
    [InlineData("log", "|-send:7=0-|  |-poll:[-1,4294967296,9223372036854775807]=[[0,7]]-|")]
    [InlineData("append-list", "|-append:1-|  |-append:2-|  |-read=[1,2]-|")]
    [InlineData("multi-register", "|-txn=[[write,x,1],[read,x,1]]-|  |-txn=[[read,x,1],[read,y,null]]-|")]
    public void Accepts(string type, string line) => Assert.Equal(VerdictKind.Valid, Check(type, line).Kind);

    [Theory]
    [InlineData("queue", "|-enqueue:1-|  |-enqueue:2-|  |-dequeue=2-|")]
    [InlineData("queue", "|-enqueue:1-|  |-dequeue=_-|")]
    [InlineData("unordered-queue", "|-enqueue:1-|  |-dequeue=1-|  |-dequeue=1-|")]
    [InlineData("stack", "|-push:1-|  |-push:2-|  |-pop=1-|")]
    [InlineData("stack", "|-push:1-|  |-push:2-|  |-peek=1-|")]
    [InlineData("priority-queue", "|-insert:1-|  |-insert:3-|  |-extract-max=1-|")]
    [InlineData("priority-queue", "|-insert:1-|  |-extract-max=_-|")]
    [InlineData("set", "|-add:1-|  |-contains:1=false-|")]
    [InlineData("set", "|-add:1-|  |-add:1=true-|")]
    [InlineData("set", "|-add:1-|  |-read=[1,1]-|")]
    [InlineData("set", "|-add:1-|  |-add:2-|  |-read=[2]-|")]
    [InlineData("counter", "|-add:2-|  |-read=1-|")]
    [InlineData("pn-counter", "|-decrement-|  |-read=0-|")]
    [InlineData("lock", "|-acquire-|  |-acquire-|")]
    [InlineData("lock", "|-acquire:a-|  |-release:b-|")]
    [InlineData("lock", "|-acquire:a=2-|  |-release:a-|  |-acquire:b=1-|")]
    [InlineData("semaphore", "|-acquire-|  |-acquire-|")]
    [InlineData("unique-ids", "|-generate=1-|  |-generate=1-|")]
    [InlineData("unique-ids", "|-fetch-and-add:5=0-|  |-fetch-and-add=0-|")]
    [InlineData("log", "|-send:7=[0,7]-|  |-send:8=[0,8]-|")]
    [InlineData("log", "|-send:7-|  |-poll:[0]=[]-|")]
    [InlineData("log", "|-send:1=[-1,1]-|")]
    [InlineData("log", "|-send:1=-1-|  |-send:2=0-|")]
    [InlineData("log", "|-send:1=-9223372036854775808-|")]
    [InlineData("log", "|-send:7=1-|")]
    [InlineData("log", "|-send:1=[2147483647,1]-|")]
    [InlineData("log", "|-send:1=0-|  |-send:2=4294967296-|")]
    [InlineData("log", "|-send:1=[9223372036854775807,1]-|")]
    [InlineData("log", "|-send:1=0-|  |-poll=[[-1,1]]-|")]
    [InlineData("log", "|-send:1=0-|  |-poll=[[4294967296,1]]-|")]
    [InlineData("log", "|-send:1=0-|  |-poll=[[9223372036854775807,1]]-|")]
    [InlineData("log", "|-send:1-|  |-poll=[[-1,1]]-|")]
    [InlineData("log", "|-send:1-|  |-poll=[[9223372036854775807,1]]-|")]
    [InlineData("log", "|-send:1-|  |-send:1-|  |-poll=[[9223372036854775807,1]]-|")]
    [InlineData("append-list", "|-append:1-|  |-append:2-|  |-read=[2,1]-|")]
    [InlineData("multi-register", "|-txn=[[write,x,1],[write,y,1]]-|  |-txn=[[read,x,1],[read,y,null]]-|")]
    public void Rejects(string type, string line)
    {
        var anomaly = Assert.Single(Check(type, line).Anomalies);
        Assert.NotEmpty(anomaly.Explanation);
        Assert.NotEmpty(anomaly.Operations);
    }

    [Fact]
    public void Accepts_a_lease_that_expired() => Assert.Equal(VerdictKind.Valid, Lease(second: 2).Kind);

    [Theory]
    [InlineData("queue", "enqueue", "|-enqueue:1-| |-enqueue:1-| |-enqueue:2-| |-dequeue=1-| |-dequeue=2-| |-dequeue=1-|")]
    [InlineData("stack", "push", "|-push:1-| |-push:2-| |-push:1-| |-pop=1-| |-pop=1-| |-pop=2-|")]
    [InlineData("priority-queue", "insert", "|-insert:1-| |-insert:2-| |-insert:2-| |-extract-max=1-| |-extract-max=2-|")]
    [InlineData("append-list", "append", "|-append:1-| |-append:2-| |-append:1-| |-read=[1,1,2]-|")]
    public void Rejects_at_once_despite_many_insertions_of_unknown_outcome_that_nobody_found(string name, string insertion, string line)
    {
        var type = DataTypes.Find(name)!;
        var unseen = Enumerable.Range(1, 16).Select(process => $"p{process}: |-{insertion}:{100 + process}-?");
        var history = Timeline.Draw(type, [$"p0: {new string(' ', 40)}{line}", .. unseen]);
        Assert.Equal(VerdictKind.Invalid, Lin.Check(history, type, CheckOptions.Default with { MaxSteps = 100 }).Kind);
    }

    [Fact]
    public void Rejects_a_fencing_token_that_does_not_grow() => Assert.Equal(VerdictKind.Invalid, Lease(second: 1).Kind);

    [Fact]
    public void Says_which_operation_is_malformed_instead_of_judging()
    {
        var verdict = Check("counter", "|-increment-| |-add:x-|");
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Contains("add \"x\": expected an integer (line 3)", verdict.Reason, StringComparison.Ordinal);
    }

    private static Verdict Check(string name, string line)
    {
        var type = DataTypes.Find(name)!;
        return Lin.Check(Timeline.Draw(type, $"p0: {line}"), type, CheckOptions.Default);
    }

    private static Verdict Lease(int second)
    {
        var builder = new HistoryBuilder(DataTypes.Lock);
        foreach (var (process, owner, token) in new[] { (0, "a", 1), (1, "b", second) })
        {
            var input = builder.Values.Intern(Histories.Values.Value.Map([new("owner", owner), new("lease", 1000)]));
            builder.Invoke(process, Function.Acquire, default, input);
            builder.Complete(process, OperationType.Ok, Function.Acquire, default, builder.Values.Integer(token));
        }

        return Lin.Check(builder.Build(), DataTypes.Lock, CheckOptions.Default);
    }
}
