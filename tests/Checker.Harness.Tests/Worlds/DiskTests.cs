using Checker.Harness.Worlds;
using Checker.Targets;
using Xunit;

namespace Checker.Harness.Tests.Worlds;

public sealed class DiskTests
{
    [Fact]
    public void A_power_loss_takes_back_cells_appends_and_truncations()
    {
        var disk = new Disk();
        disk.Write("cell", "old");
        disk.Append("log", "a");
        disk.Append("log", "b");
        disk.Append("log", "c");
        disk.BeginSync();
        disk.EndSync();
        disk.Write("cell", "new");
        disk.Write("cell", "newer");
        disk.Truncate("log", 1);
        disk.Append("log", "x");
        disk.Truncate("log", 0);
        disk.Append("log", "y");
        disk.Write("other", "thing");
        Assert.Equal(7, disk.LosePower());
        Assert.Equal("old", disk.Read<string>("cell"));
        Assert.Equal("abc", Text(disk, "log"));
        Assert.Null(disk.Read<string>("other"));
        Assert.Equal(0, disk.LosePower());
    }

    [Fact]
    public void A_sync_covers_what_was_written_before_it_began()
    {
        var disk = new Disk();
        disk.Write("cell", "1");
        disk.BeginSync();
        disk.Write("cell", "2");
        disk.BeginSync();
        disk.Write("cell", "3");
        disk.EndSync();
        Assert.Equal(2, disk.LosePower());
        Assert.Equal("1", disk.Read<string>("cell"));
    }

    [Fact]
    public void Rejects_entries_that_are_not_there()
    {
        var disk = new Disk();
        disk.Append("log", "a");
        Assert.Throws<ArgumentOutOfRangeException>(() => disk.Entry<string>("log", 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => disk.Entry<string>("none", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => disk.Truncate("log", 2));
    }

    // Against a model that copies the whole disk at every sync.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Agrees_with_a_disk_that_copies_everything(long seed)
    {
        var random = new SeededRandom(seed);
        var disk = new Disk();
        var now = new Dictionary<string, string> { ["log"] = string.Empty };
        var durable = new Dictionary<string, string>(now);
        var pending = new Queue<Dictionary<string, string>>();
        for (var step = 0; step < 20_000; step++)
        {
            var cell = $"cell {random.Next(3)}";
            switch (random.Next(8))
            {
                case 0 or 1:
                    disk.Write(cell, now[cell] = $"{step}");
                    break;
                case 2 or 3:
                    var entry = (char)('a' + random.Next(26));
                    disk.Append("log", $"{entry}");
                    now["log"] += entry;
                    break;
                case 4:
                    var length = random.Next(now["log"].Length + 1);
                    disk.Truncate("log", length);
                    now["log"] = now["log"][..length];
                    break;
                case 5:
                    disk.BeginSync();
                    pending.Enqueue(new(now));
                    break;
                case 6 when pending.Count > 0:
                    disk.EndSync();
                    durable = pending.Dequeue();
                    break;
                case 7 when random.Chance(0.2):
                    disk.LosePower();
                    now = new(durable);
                    pending.Clear();
                    break;
            }

            for (var i = 0; i < 3; i++) Assert.Equal(now.GetValueOrDefault($"cell {i}"), disk.Read<string>($"cell {i}"));
            Assert.Equal(now["log"], Text(disk, "log"));
        }
    }

    private static string Text(Disk disk, string log) =>
        string.Concat(Enumerable.Range(0, disk.Length(log)).Select(i => disk.Entry<string>(log, i)));
}
