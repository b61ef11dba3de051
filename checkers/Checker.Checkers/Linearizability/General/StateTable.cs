namespace Checker.Checkers.Linearizability.General;

/// <summary>Gives equal states equal numbers, from 0 on, so that configurations are compared as integers.</summary>
internal sealed class StateTable<TState>
    where TState : notnull, IEquatable<TState>
{
    private TState[] _states = new TState[64];
    private int[] _hashes = new int[64];
    private int[] _slots = new int[128]; // number + 1; 0 is free

    public int Count { get; private set; }

    public long Bytes => (long)_states.Length * (System.Runtime.CompilerServices.Unsafe.SizeOf<TState>() + 4) + (4L * _slots.Length);

    public TState this[int number] => _states[number];

    public int Number(TState state)
    {
        var hash = Mix(state.GetHashCode());
        for (var slot = hash & (_slots.Length - 1); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var number = _slots[slot] - 1;
            if (number < 0) return Add(state, hash, slot);
            if (_hashes[number] == hash && _states[number].Equals(state)) return number;
        }
    }

    private int Add(TState state, int hash, int slot)
    {
        if (Count == _states.Length)
        {
            Array.Resize(ref _states, 2 * Count);
            Array.Resize(ref _hashes, 2 * Count);
        }

        _states[Count] = state;
        _hashes[Count] = hash;
        _slots[slot] = ++Count;
        if (2 * Count > _slots.Length)
        {
            _slots = new int[2 * _slots.Length];
            for (var i = 0; i < Count; i++)
            {
                var s = _hashes[i] & (_slots.Length - 1);
                while (_slots[s] != 0) s = (s + 1) & (_slots.Length - 1);
                _slots[s] = i + 1;
            }
        }

        return Count - 1;
    }

    private static int Mix(int hash)
    {
        var x = (uint)hash * 0x9E3779B1u;
        return (int)((x ^ (x >> 15)) * 0x85EBCA77u);
    }
}
