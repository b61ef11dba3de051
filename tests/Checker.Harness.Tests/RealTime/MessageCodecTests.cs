using Checker.Harness.RealTime;
using Checker.Histories.Values;
using Checker.Targets;
using Checker.Targets.Nodes;
using Newtonsoft.Json;
using Xunit;

namespace Checker.Harness.Tests.RealTime;

public sealed class MessageCodecTests
{
    private static readonly MessageCodec Codec = new([typeof(Parcel), typeof(Letter), typeof(Entry), typeof(Stamp)]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Values_travel_unchanged(int which)
    {
        Value[] values =
        [
            Value.Null, true, long.MinValue, long.MaxValue, "2026-01-01T00:00:00Z", "lone \uD800, quoted \", newline \n, é, 😀",
            Value.Decimal(0.1), Value.List([1, Value.List([]), Value.Null, Value.Decimal(3)]),
            Value.Map([new(1, "one"), new(Value.List([2, "two"]), Value.Null), new("d", false)]),
        ];
        var letter = new Letter(values[which], null);
        Assert.Equal(letter, Codec.Decode(Codec.Encode(letter)));
    }

    [Fact]
    public void Records_arrays_lists_and_abstract_properties_travel_unchanged()
    {
        var parcel = new Parcel(
            EndpointId.Client(3), [new Entry(1, new Letter("x", "y")), new Entry(2, null)], [new Stamp(1, EndpointId.Node(2))], true, -5, 2.5);
        var copy = Assert.IsType<Parcel>(Codec.Decode(Codec.Encode(parcel)));
        Assert.Equal(parcel.Entries, copy.Entries);
        Assert.Equal(parcel.Stamps, copy.Stamps);
        Assert.Equal(parcel with { Entries = copy.Entries, Stamps = copy.Stamps }, copy);
    }

    [Fact]
    public void Rejects_a_type_that_is_not_in_the_table()
    {
        Assert.Throws<ArgumentException>(() => Codec.Encode(new Stranger()));
        Assert.Throws<JsonSerializationException>(() => Codec.Decode("[\"System.IO.FileInfo\",{}]"u8.ToArray()));
        Assert.Throws<JsonSerializationException>(() => Codec.Decode("[\"Stamp\",{\"Number\":1}]"u8.ToArray()));
        Assert.ThrowsAny<JsonException>(() => Codec.Decode("[\"Letter\",{\"Body\":"u8.ToArray()));
    }

    [Fact]
    public void Rejects_a_table_that_does_not_tell_types_apart()
    {
        Assert.Throws<ArgumentException>(() => new MessageCodec([typeof(Message)]));
        Assert.Throws<ArgumentException>(() => new MessageCodec([typeof(Letter), typeof(Letter)]));
    }

    public sealed record Letter(Value Body, string? Sender) : Message;

    public sealed record Stranger : Message;

    public sealed record Entry(long Term, Message? Command);

    public readonly record struct Stamp(int Number, EndpointId At);

    public sealed record Parcel(EndpointId To, IReadOnlyList<Entry> Entries, Stamp[] Stamps, bool Urgent, long Weight, double Price) : Message;
}
