using Checker.Histories.Values;
using Xunit;

namespace Checker.Histories.Tests.Values;

public sealed class ValueTableTests
{
    [Fact]
    public void Equal_values_have_equal_ids_and_come_back_unchanged()
    {
        var values = new RandomValues(3);
        var table = new ValueTable();
        var ids = new Dictionary<Value, ValueId>();
        var back = new Dictionary<ValueId, Value>();
        for (var i = 0; i < Campaign.Times(5_000); i++)
        {
            var value = values.Next();
            var id = table.Intern(value);
            Assert.Equal(value, table.Get(id));
            Assert.Equal(value.Kind, table.Kind(id));
            Assert.Equal(value.ToString(), table.Get(id).ToString());
            if (ids.TryGetValue(value, out var known)) Assert.Equal(known, id);
            else ids[value] = id;
            if (back.TryGetValue(id, out var meant)) Assert.Equal(meant, value);
            else back[id] = value;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData((1L << 60) - 1)]
    [InlineData(1L << 60)]
    [InlineData(-(1L << 60))]
    [InlineData(-(1L << 60) - 1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Integers_of_any_width_come_back(long integer)
    {
        var table = new ValueTable();
        var id = table.Integer(integer);
        Assert.True(table.TryGetInteger(id, out var back));
        Assert.Equal(integer, back);
        Assert.Equal(id, table.Integer(integer));
        Assert.Equal(integer is >= -(1L << 60) and < 1L << 60, id.IsInlineInteger);
    }

    [Fact]
    public void A_million_strings_and_lists_are_interned_once_each()
    {
        const int Count = 500_000;
        var table = new ValueTable();
        Span<byte> text = stackalloc byte[8];
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < Count; i++)
            {
                BitConverter.TryWriteBytes(text, (long)i * 1_000_003);
                var id = table.String(text);
                Assert.Equal(2 * i, (int)(id.Bits >> 3));
                Assert.True(text.SequenceEqual(table.Utf8(id)));
                Assert.Equal((2 * i) + 1, (int)(table.List([id, ValueId.Null]).Bits >> 3));
            }
        }

        Assert.Equal(2 * Count, table.Count);
    }

    [Fact]
    public void Null_is_the_default_and_takes_no_entry()
    {
        var table = new ValueTable();
        Assert.Equal(default, table.Intern(default));
        Assert.True(ValueId.Null.IsNull);
        Assert.NotEqual(ValueId.Null, table.Integer(0));
        Assert.NotEqual(ValueId.Null, ValueId.Boolean(false));
        Assert.Equal(0, table.Count);
    }

    [Fact]
    public void A_maps_entries_may_come_in_any_order()
    {
        var table = new ValueTable();
        var (a, b) = (table.String("a"), table.String("b"));
        Assert.Equal(table.Map([a, table.Integer(1), b, table.Integer(2)]), table.Map([b, table.Integer(2), a, table.Integer(1)]));
    }

    [Fact]
    public void Refuses_a_map_with_a_key_twice_or_without_a_value()
    {
        var table = new ValueTable();
        var a = table.String("a");
        Assert.Throws<ArgumentException>(() => table.Map([a, a, a, a]));
        Assert.Throws<ArgumentException>(() => table.Map([a]));
    }

    [Fact]
    public void Refuses_to_be_read_as_another_kind()
    {
        var table = new ValueTable();
        Assert.Throws<ArgumentException>(() => table.Utf8(table.Integer(1)).Length);
        Assert.Throws<ArgumentException>(() => table.Items(table.String("x")).Length);
        Assert.False(table.TryGetInteger(table.String("1"), out _));
        Assert.False(table.TryGetInteger(ValueId.Boolean(true), out _));
    }

    [Fact]
    public void Strings_with_lone_surrogates_stay_apart()
    {
        var table = new ValueTable();
        var ids = new[] { "\ud800", "\ud801", "\udc00", "\ufffd", "\ud800\udc00" }.Select(table.String).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal("\ud800", table.Get(ids[0]).AsString());
        Assert.Equal("\ud800\udc00", table.Get(ids[4]).AsString());
    }
}
