using Checker.Histories.Values;

namespace Checker.Histories;

/// <summary>The growing columns behind a <see cref="History"/>.</summary>
internal sealed class HistoryColumns
{
    public int Count;
    public int[] Process = [];
    public OperationType[] Type = [];
    public Function[] Function = [];
    public int[] Key = [];
    public ValueId[] Input = [];
    public ValueId[] Output = [];
    public int[] Invoke = [];
    public int[] Complete = [];
    public long[] InvokeTime = [];
    public long[] CompleteTime = [];

    public long Bytes => Process.Length * (4L + 1 + 1 + 4 + 8 + 8 + 4 + 4 + 8 + 8);

    public int Add(int process, Function function, int key, ValueId input, int position, long time)
    {
        if (Count == Process.Length) Resize(Math.Max(64, Count + (Count >> 1)));
        var op = Count++;
        Process[op] = process;
        Function[op] = function;
        Key[op] = key;
        Input[op] = input;
        Invoke[op] = position;
        Complete[op] = History.Never;
        InvokeTime[op] = time;
        CompleteTime[op] = -1;
        return op;
    }

    public void Trim() => Resize(Count);

    private void Resize(int capacity)
    {
        Array.Resize(ref Process, capacity);
        Array.Resize(ref Type, capacity);
        Array.Resize(ref Function, capacity);
        Array.Resize(ref Key, capacity);
        Array.Resize(ref Input, capacity);
        Array.Resize(ref Output, capacity);
        Array.Resize(ref Invoke, capacity);
        Array.Resize(ref Complete, capacity);
        Array.Resize(ref InvokeTime, capacity);
        Array.Resize(ref CompleteTime, capacity);
    }
}
