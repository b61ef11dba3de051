namespace Checker.Histories.Tests;

/// <summary>Asserts that two histories say the same.</summary>
internal static class EqualHistories
{
    public static void Assert(History expected, History actual)
    {
        Xunit.Assert.Equal(expected.EventCount, actual.EventCount);
        Xunit.Assert.Equal(expected.Count, actual.Count);
        Xunit.Assert.Equal(expected.KeyCount, actual.KeyCount);
        for (var op = 0; op < expected.Count; op++)
        {
            var (a, b) = (expected[op], actual[op]);
            Xunit.Assert.Equal(a with { Input = default, Output = default }, b with { Input = default, Output = default });
            Xunit.Assert.Equal(expected.Values.Get(a.Input), actual.Values.Get(b.Input));
            Xunit.Assert.Equal(expected.Values.Get(a.Output), actual.Values.Get(b.Output));
            Xunit.Assert.Equal(expected.Error(op), actual.Error(op));
        }

        for (var key = 0; key < expected.KeyCount; key++) Xunit.Assert.Equal(expected.KeyName(key), actual.KeyName(key));
        for (var position = 0; position < expected.EventCount; position++) Xunit.Assert.Equal(expected.EventIndex(position), actual.EventIndex(position));
        Xunit.Assert.Equal(expected.Nemesis, actual.Nemesis);
    }
}
