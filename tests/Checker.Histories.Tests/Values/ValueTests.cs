using Checker.Histories.Values;
using Xunit;

namespace Checker.Histories.Tests.Values;

public sealed class ValueTests
{
    // In ascending order; no two are equal.
    private static readonly Value[] Ordered =
    [
        default, false, true, long.MinValue, -1, 0, 1, long.MaxValue, Value.Decimal(-1.5), Value.Decimal(0), Value.Decimal(1), "", "1", "a", "ab", "b", "é",
        Value.List(), Value.List(default(Value)), Value.List(1), Value.List(1, 2), Value.List(2), Value.List("a"), Value.List(Value.List()),
        Value.Map([]), Value.Map([new(1, 1)]), Value.Map([new(1, 1), new(2, 1)]), Value.Map([new(1, 2)]), Value.Map([new("a", 1)]),
    ];

    [Fact]
    public void Equality_order_and_hash_agree()
    {
        for (var i = 0; i < Ordered.Length; i++)
        {
            for (var j = 0; j < Ordered.Length; j++)
            {
                var (a, b) = (Ordered[i], Copy(Ordered[j]));
                Assert.Equal(i == j, a == b);
                Assert.Equal(i != j, a != b);
                Assert.Equal(i == j, a.Equals((object)b));
                Assert.Equal(Math.Sign(i.CompareTo(j)), Math.Sign(a.CompareTo(b)));
                Assert.Equal((i < j, i <= j, i > j, i >= j), (a < b, a <= b, a > b, a >= b));
                if (i == j) Assert.Equal(a.GetHashCode(), b.GetHashCode());
            }
        }
    }

    [Fact]
    public void Integers_decimals_and_strings_that_look_alike_differ()
    {
        Assert.NotEqual(Value.Integer(1), Value.Decimal(1));
        Assert.NotEqual(Value.Integer(1), Value.String("1"));
        Assert.NotEqual(Value.Null, Value.String("null"));
        Assert.NotEqual(Value.Integer(0), Value.Boolean(false));
    }

    [Fact]
    public void Negative_zero_is_zero() => Assert.Equal(Value.Decimal(0.0), Value.Decimal(-0.0));

    [Fact]
    public void A_maps_entries_may_come_in_any_order()
    {
        var forth = Value.Map([new("a", 1), new("b", 2)]);
        var back = Value.Map([new("b", 2), new("a", 1)]);
        Assert.Equal(forth, back);
        Assert.Equal(forth.GetHashCode(), back.GetHashCode());
        Assert.Equal("{\"a\":1,\"b\":2}", back.ToString());
    }

    [Fact]
    public void Refuses_a_map_with_a_key_twice() => Assert.Throws<ArgumentException>(() => Value.Map([new("a", 1), new("a", 2)]));

    [Fact]
    public void A_list_does_not_change_with_the_array_it_was_made_from()
    {
        var items = new Value[] { 1, 2 };
        var list = Value.List(items);
        items[0] = 9;
        Assert.Equal(Value.List(1, 2), list);
    }

    [Fact]
    public void Refuses_to_be_read_as_another_kind()
    {
        Assert.Throws<InvalidOperationException>(() => Value.String("1").AsInteger());
        Assert.Throws<InvalidOperationException>(() => Value.Integer(1).AsString());
        Assert.Throws<InvalidOperationException>(() => Value.Integer(1).AsBoolean());
        Assert.Throws<InvalidOperationException>(() => Value.Integer(1).AsDecimal());
        Assert.Throws<InvalidOperationException>(() => Value.Integer(1).AsList());
        Assert.Throws<InvalidOperationException>(() => Value.Null.AsMap());
        Assert.False(Value.Boolean(true).TryGetInteger(out _));
    }

    [Fact]
    public void Hashes_do_not_depend_on_the_process() => Assert.Equal(Value.String("abc").GetHashCode(), Value.List("abc").AsList()[0].GetHashCode());

    [Theory]
    [InlineData(1.0, "1.0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e300, "1E+300")]
    public void Decimals_show_that_they_are_none_of_the_integers(double number, string text) => Assert.Equal(text, Value.Decimal(number).ToString());

    private static Value Copy(Value value)
    {
        var table = new ValueTable();
        return table.Get(table.Intern(value));
    }
}
