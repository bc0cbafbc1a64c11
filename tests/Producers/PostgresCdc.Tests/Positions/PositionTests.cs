using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Publishing;

namespace EventSourcing.PostgresCdc.Tests.Positions;

/// <summary>Marks, the gap-free prefix, and what the ends of topics say.</summary>
public sealed class PositionTests
{
    [Theory]
    [InlineData(0x15850EF0ul, 1u, 0u, "0000000015850EF0-00000001")]
    [InlineData(ulong.MaxValue, uint.MaxValue, 2u, "FFFFFFFFFFFFFFFF-4294967295.2")]
    public void Mark_IsReadAsItWasWritten(ulong lsn, uint ordinal, uint part, string text)
    {
        var mark = new ChangeMark(lsn, ordinal, part);

        Assert.Equal((text, mark), (mark.ToString(), ChangeMark.Parse(text)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0000000015850EF0-s-{\"id\":1}")]
    [InlineData("t000000000001")]
    [InlineData("zz00000015850EF0-00000001")]
    public void OtherIds_AreNoMarks(string? id) => Assert.Null(ChangeMark.Parse(id));

    [Fact]
    public void Position_PassesOnlyAGapFreePrefix()
    {
        var position = new Position();
        var progress = new Progress(position);
        var units = Enumerable.Range(1, 3).Select(number => Begin(progress, (ulong)number * 10)).ToArray();

        progress.Complete(units[1]);
        Assert.Equal(0ul, progress.Lsn);
        progress.Skip(35);
        progress.Complete(units[0]);
        Assert.Equal(20ul, progress.Lsn);
        progress.Complete(units[2]);

        Assert.Equal(35ul, progress.Lsn);
        Assert.Equal(3, position.Sequences["s"]);
        Assert.Equal(0, progress.Open);
    }

    [Fact]
    public void Tail_KnowsAKeysRecords_ByTheLastOfItsPartition()
    {
        var tail = new TailState();
        tail.AddTopic("t", 1, isWritten: true);
        tail.Add("t", 0, new ChangeMark(20, 3), "s", "x", 7, position: 10);

        Assert.True(tail.HasFound);
        Assert.True(tail.Has("t", "key"u8, new ChangeMark(20, 3)));
        Assert.False(tail.Has("t", "key"u8, new ChangeMark(20, 3, 1)));
        Assert.False(tail.Has("other", "key"u8, new ChangeMark(1, 1)));
        Assert.Equal(7, tail.Sequences["s"]);
    }

    [Fact]
    public void Tail_FindsTheHoles_OfAnInterruptedBatch()
    {
        var tail = new TailState();
        tail.AddTopic("t", 2, isWritten: true);
        foreach (var number in (long[])[4, 5, 8])
            tail.Add("t", 0, null, "s", $"t{number}", number, 0);

        Assert.Equal([6L, 7L], tail.FreeNumbers("s", above: 3, depth: 100));
        Assert.Equal([7L], tail.FreeNumbers("s", above: 0, depth: 2));
    }

    private static Unit Begin(Progress progress, ulong end)
    {
        var unit = progress.Begin();
        unit.EndLsn = end;
        unit.Sequences = new() { ["s"] = (long)end / 10 };
        return unit;
    }
}
