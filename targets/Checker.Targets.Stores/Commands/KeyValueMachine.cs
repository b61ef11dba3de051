using Checker.Histories;
using Checker.Histories.Values;
using Checker.Targets.Stores.Clients;

namespace Checker.Targets.Stores.Commands;

/// <summary>
/// The state machine behind every log: registers by key, and for each client its last command with the answer, so that a command that
/// stands
/// in the log twice takes effect once (Ongaro's thesis, section 6.3). A client has one command at a time and its numbers grow, so one
/// remembered answer for each client is enough.
/// </summary>
/// <param name="exactlyOnce">Whether repeated commands are recognised; false plants the bug of applying them again.</param>
internal sealed class KeyValueMachine(bool exactlyOnce = true)
{
    private readonly Dictionary<Value, Value> _values = [];
    private readonly Dictionary<int, Answer> _sessions = [];

    /// <summary>The value of a key; null if it was never written.</summary>
    public Value Read(Value key) => _values.GetValueOrDefault(key);

    /// <summary>Applies the next command of the log.</summary>
    /// <returns>The answer for its client, or null if the client has already gone on to a later command.</returns>
    public Answer? Apply(Command command)
    {
        if (exactlyOnce && IsKnown(command.Client, command.Id, out var before)) return before;
        var answer = Execute(command);
        _sessions[command.Client] = answer;
        return answer;
    }

    /// <summary>Whether the command, or a later one of the same client, has been applied.</summary>
    /// <param name="client">The client.</param>
    /// <param name="id">The client's number for the command.</param>
    /// <param name="answer">Its answer, or null if it is not the client's last and the answer is forgotten.</param>
    public bool IsKnown(int client, long id, out Answer? answer)
    {
        answer = null;
        if (!_sessions.TryGetValue(client, out var last) || last.Id < id) return false;
        if (last.Id == id) answer = last;
        return true;
    }

    private Answer Execute(Command command)
    {
        switch (command.Function)
        {
            case Function.Read:
                return Answer.Ok(command.Id, Read(command.Key));
            case Function.Write:
                _values[command.Key] = command.Value;
                return Answer.Ok(command.Id, command.Value);
            case Function.Cas:
                var pair = command.Value.AsList();
                if (Read(command.Key) != pair[0]) return Answer.Fail(command.Id, "cas-mismatch");
                _values[command.Key] = pair[1];
                return Answer.Ok(command.Id, command.Value);
            default:
                return Answer.Fail(command.Id, "unsupported");
        }
    }
}
