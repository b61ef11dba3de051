using System.Runtime.CompilerServices;

using Checker.Checkers.Linearizability.Special.Columns;

namespace Checker.Checkers.Linearizability.General.Registers;

/// <summary>
/// Finds what no order can explain, whatever else happened: an operation that found a value although the register held another one at some
/// moment before, and no write that can have come since wrote it. One pass; it proves nothing if it finds nothing.
/// </summary>
/// <remarks>
/// Let r need value v, and let x be, of the operations that returned before r began and during which the register held another value, the one
/// that began last. The register got v back after x began and before r returned: by an operation that writes v, returns after x began and
/// begins before r returns. If there is none, r cannot be explained. With values that are written once this is the overlap of two zones of
/// Gibbons and Korach (1997).
/// </remarks>
internal static class StaleReads
{
    /// <summary>The number of such an operation; −1 if there is none. O(events).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find(RegisterOperations operations)
    {
        var others = new LastHeld();
        using var scratch = new Rented<int>(operations.Values.Count + operations.Count);
        var latest = scratch.Span[..operations.Values.Count]; // by value: the last return of those invoked that write it, + 2; the initial one: 1
        latest.Clear();
        latest[0] = 1;
        var since = scratch.Span[operations.Values.Count..]; // by row: when x began
        for (var position = 0; position < operations.EventCount; position++)
        {
            var e = operations.Events[position];
            var row = e >= 0 ? e : ~e;
            var action = operations.Actions[row];
            var operand = operations.Operand[row];
            if (e >= 0)
            {
                if (action is RegisterAction.Read or RegisterAction.Cas) since[row] = others.Other(operand);
                if (action < RegisterAction.Write) continue;
                var returns = operations.Returns[row];
                ref var last = ref latest[operations.Result[row]];
                last = Math.Max(last, returns == Problems.KeyHistory.Never ? returns : returns + 2);
                continue;
            }

            if (action is RegisterAction.Read or RegisterAction.Cas && latest[operand] <= since[row]) return operations.Operations[row];
            if (action == RegisterAction.Miss) continue;
            var began = operations.Begins[row] + 2;
            if (action != RegisterAction.Write) others.Note(operand, began);
            if (action != RegisterAction.Read) others.Note(operations.Result[row], began);
        }

        return -1;
    }

    // Of the operations that returned: the two values that were held latest, each with the latest beginning of an operation that shows it.
    private struct LastHeld
    {
        private int _value;
        private int _began;
        private int _second;
        private int _secondBegan;

        public void Note(int value, int began)
        {
            if (_began > 0 && value == _value)
            {
                _began = Math.Max(_began, began);
            }
            else if (began > _began)
            {
                (_second, _secondBegan) = (_value, _began);
                (_value, _began) = (value, began);
            }
            else if (began > _secondBegan)
            {
                (_second, _secondBegan) = (value, began);
            }
        }

        // When the latest of those began that show another value; 0 if none does.
        public readonly int Other(int value) => _value != value ? _began : _secondBegan;
    }
}
