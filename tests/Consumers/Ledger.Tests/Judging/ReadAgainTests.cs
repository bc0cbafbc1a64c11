using Confluent.Kafka;

namespace EventSourcing.Ledger.Tests.Judging;

/// <summary>What a restarted broker does to a reader.</summary>
public sealed class ReadAgainTests
{
    private static readonly TopicPartition At = new(Bench.Topic, 0);

    [Fact]
    public void RecordGivenTwice_SameOffset_IsCountedOnce()
    {
        var bench = new Bench().Read("s", 1).Read("s", 2).Answer("s", stored: "1-2");
        var again = Records.Event("s", 1, "k", marked: false, time: null);

        bench.Book.Add([new ReadRecord(
            new ConsumeResult<byte[]?, byte[]?> { Message = again, TopicPartitionOffset = new TopicPartitionOffset(At, 0) }, RecordEnvelope.Read(again))]);

        Assert.Equal((2, 0, 1), (bench.Totals.Records, bench.Totals.Duplicated, bench.Report.Reading.ReadAgain));
        Assert.True(bench.Report.Balanced);
    }

    [Fact]
    public void LogEndsBeforeWhatWasRead_IsSaidAndDoesNotBalance()
    {
        var bench = new Bench().Read("s", 1).Read("s", 2).Read("s", 3).Answer("s", stored: "1-3");

        var (first, second) = (CutTo(bench, 1), CutTo(bench, 1));

        Assert.Equal((0, 2, 2), (first, second, bench.Report.Reading.CutOff));
        Assert.False(bench.Report.Balanced);
    }

    [Fact]
    public void LogCutOff_NewRecordsAtTheOldOffsets_AreCounted()
    {
        var bench = new Bench().Read("s", 1).Read("s", 2);
        CutTo(bench, 1);
        CutTo(bench, 1);
        var fresh = Records.Event("s", 3, "k", marked: false, time: null);

        bench.Book.Add([new ReadRecord(
            new ConsumeResult<byte[]?, byte[]?> { Message = fresh, TopicPartitionOffset = new TopicPartitionOffset(At, 1) }, RecordEnvelope.Read(fresh))]);
        bench.Answer("s", stored: "1-3");

        Assert.Equal((3, 0), (bench.Totals.Records, bench.Report.Reading.ReadAgain));
    }

    private static long CutTo(Bench bench, long end) =>
        bench.Book.FindCutOff(bench.Book.Positions(), new Dictionary<TopicPartition, long> { [At] = end });
}
