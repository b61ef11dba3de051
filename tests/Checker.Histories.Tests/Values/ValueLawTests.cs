using Checker.Histories.Values;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Checker.Histories.Tests.Values;

/// <summary>Laws of values, on generated ones; a counterexample comes shrunk to its depth.</summary>
public class ValueLawTests
{
    private static readonly Arbitrary<Value> Values = Arb.From(Gen.Sized(OfSize), Shrink);

    [Fact]
    public void Interning_keeps_every_value_and_gives_equal_values_equal_ids() => Check(Values, Values, (a, b) =>
    {
        var table = new ValueTable();
        var (x, y) = (table.Intern(a), table.Intern(b));
        return table.Get(x) == a && table.Get(y) == b && x == y == (a == b);
    });

    [Fact]
    public void Equal_values_have_equal_hashes_and_texts() => Check(Values, Values, (a, b) =>
        a != b || (a.GetHashCode() == b.GetHashCode() && a.ToString() == b.ToString()));

    [Fact]
    public void The_order_is_total_and_agrees_with_equality() => Check(Values, Values, (a, b) =>
        Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a)) && (a.CompareTo(b) == 0) == (a == b));

    private static void Check(Arbitrary<Value> first, Arbitrary<Value> second, Func<Value, Value, bool> law) =>
        Prop.ForAll(first, second, law).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1, 1));

    private static Gen<Value> OfSize(int size)
    {
        var scalar = Gen.OneOf(
            Gen.Constant(Value.Null),
            Gen.Elements(true, false).Select(Value.Boolean),
            Gen.Choose(-3, 3).Select(i => Value.Integer(i)),
            Gen.Elements(long.MinValue, long.MaxValue, 1L << 60, -(1L << 60) - 1).Select(Value.Integer),
            Gen.Choose(-4, 4).Select(i => Value.Decimal(i / 2.0)),
            Gen.Elements("", "x", "ключ", "\u0000\"\\", "\ud83d\ude00", "\ud800").Select(Value.String));
        if (size <= 1) return scalar;
        var smaller = OfSize(size / 3);
        return Gen.OneOf(
            scalar,
            Gen.ListOf(smaller).Select(items => Value.List([.. items])),
            Gen.ListOf(Gen.Zip(smaller, smaller)).Select(
                pairs => Value.Map(pairs.DistinctBy(p => p.Item1).Select(p => KeyValuePair.Create(p.Item1, p.Item2)))));
    }

    private static IEnumerable<Value> Shrink(Value value) => value.Kind switch
    {
        ValueKind.List => value.AsList().Append(Value.EmptyList),
        ValueKind.Map => value.AsMap().Select(entry => entry.Value),
        _ => [],
    };
}
