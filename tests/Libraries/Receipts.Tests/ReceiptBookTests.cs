using System.Text.Json;

namespace EventSourcing.Receipts.Tests;

public class ReceiptBookTests
{
    [Fact]
    public async Task Notes_FromManyThreads_AreAllKept()
    {
        var book = new ReceiptBook();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var sequence = worker + 1; sequence <= 40_000; sequence += 8)
                book.Stored("/pumps/1", "sensor-readings", sequence);
        })));

        Assert.Equal(40_000, book.Totals.Stored);
        Assert.Equal(40_000, book.Version);
        Assert.Equal("1-40000", Assert.Single(book.Snapshot()).Stored!.ToString());
    }

    [Fact]
    public void Snapshot_OfOneSourceOnTwoTopics_HasAPagePerTopic()
    {
        var book = new ReceiptBook();
        book.Stored("/pumps/1", "assets", 1);
        book.Spooled("/pumps/1", "sensor-readings", 1);
        book.Queued("/pumps/1", "sensor-readings", 2);
        book.Rejected("/pumps/1", "sensor-readings", 3);
        book.Unanswered("/pumps/1", "sensor-readings", 4);

        var pages = book.Snapshot().OrderBy(page => page.Topic, StringComparer.Ordinal).ToArray();

        Assert.Equal(["assets", "sensor-readings"], pages.Select(page => page.Topic));
        Assert.Equal(("1", "2", "3", "4"), (pages[1].Spooled!.ToString(), pages[1].Queued!.ToString(), pages[1].Rejected!.ToString(), pages[1].Unanswered!.ToString()));
        Assert.Equal(new ReceiptTotals(1, 1, 1, 1, 1), book.Totals);
    }

    [Fact]
    public void Snapshot_DoesNotChange_WhenTheBookDoes()
    {
        var book = new ReceiptBook();
        book.Stored("/s", "t", 1);
        var before = book.Snapshot();

        book.Stored("/s", "t", 2);

        Assert.Equal("1", before[0].Stored!.ToString());
    }

    [Fact]
    public void Report_ThroughJson_IsTheSame()
    {
        var report = new ReceiptsReport(DateTimeOffset.UnixEpoch, 3, true, [new("/s", "t", SetOf("1-5,7"), Rejected: SetOf("6"))]);

        var json = JsonSerializer.Serialize(report, ReceiptsJsonContext.Default.ReceiptsReport);
        var read = JsonSerializer.Deserialize(json, ReceiptsJsonContext.Default.ReceiptsReport)!;

        Assert.Equal(
            """{"startedAt":"1970-01-01T00:00:00+00:00","number":3,"final":true,"sources":[{"source":"/s","topic":"t","stored":"1-5,7","rejected":"6"}]}""",
            json);
        Assert.Equal("1-5,7", read.Sources[0].Stored!.ToString());
        Assert.Null(read.Sources[0].Spooled);
    }

    [Theory]
    [InlineData("""{"startedAt":"1970-01-01T00:00:00Z","number":3,"final":true,"sources":[],"more":1}""")]
    [InlineData("""{"number":3,"final":true,"sources":[]}""")]
    [InlineData("""{"startedAt":"1970-01-01T00:00:00Z","number":3,"final":true,"sources":[{"source":"/s","topic":"t","stored":"2-1"}]}""")]
    public void Report_Malformed_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ReceiptsJsonContext.Default.ReceiptsReport));

    private static SequenceSet SetOf(string text) => SequenceSet.TryParse(text, out var set) ? set : throw new ArgumentException(text);
}
