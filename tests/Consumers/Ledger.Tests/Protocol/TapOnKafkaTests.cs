using System.Net;
using System.Text.Json;

namespace EventSourcing.Ledger.Tests.Protocol;

public sealed class TapOnKafkaTests(LocalKafkaUnderTest kafka) : IClassFixture<LocalKafkaUnderTest>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tap_ShowsGoodAndBadEvents_ByFilter()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await topics.CreateAsync(topics.Events, partitions: 1);
        await topics.CreateAsync(topics.DeadLetters, partitions: 1);
        await topics.SendAsync(topics.Events, Records.Event("/a/1", 1, "k1"), Records.Event("/a/2", 1, "k2"), Records.Message(null, "plain"));
        await topics.SendAsync(topics.DeadLetters, Records.DeadLetter("urn:eventsourcing:too-large"));
        await using var ledger = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);
        await ledger.ReportWhenAsync(report => report.Topics.Sum(topic => topic.Counts.Records) == 4, "the records are read");

        Assert.Equal(2, (await GetAsync(ledger, "/tap/good")).GetArrayLength());
        Assert.Equal("k2", Single(await GetAsync(ledger, "/tap/good?source=/a/2")).GetProperty("key").GetString());
        Assert.Equal("/a/1", Single(await GetAsync(ledger, "/tap/good?key=k1&type=io.eventsourcing.*")).GetProperty("attributes").GetProperty("source").GetString());
        Assert.Equal(1, Single(await GetAsync(ledger, "/tap/good?id=/a/1%231")).GetProperty("data").GetProperty("n").GetInt32());
        Assert.Equal(0, (await GetAsync(ledger, "/tap/good?type=io.other.v1")).GetArrayLength());
        Assert.Equal("/a/2", Single(await GetAsync(ledger, "/tap/good?limit=1")).GetProperty("attributes").GetProperty("source").GetString());
        Assert.Equal(topics.DeadLetters, Single(await GetAsync(ledger, "/tap/bad?reason=urn:eventsourcing:too-large")).GetProperty("topic").GetString());
        var plain = Single(await GetAsync(ledger, $"/tap/bad?topic={topics.Events}"));
        Assert.StartsWith("not a CloudEvent", plain.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("plain", plain.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Reset_EmptiesTheTapAndNotTheLedger()
    {
        using var topics = new Topics(kafka.BootstrapServers);
        await topics.CreateAsync(topics.Events, partitions: 1);
        await topics.SendAsync(topics.Events, Records.Event("/a", 1), Records.Message(null, "plain"));
        await using var ledger = await LedgerHost.StartAsync(kafka.BootstrapServers, topics);
        await ledger.ReportWhenAsync(report => report.Topics.Sum(topic => topic.Counts.Records) == 2, "the records are read");
        Assert.Equal((2, 1, 1), Totals(await GetAsync(ledger, "/tap/all")));

        using var reset = await ledger.Http.PostAsync(new Uri("/tap/reset", UriKind.Relative), null, Stop);

        Assert.Equal(HttpStatusCode.OK, reset.StatusCode);
        Assert.Equal((0, 0, 0), Totals(await GetAsync(ledger, "/tap/all")));
        Assert.Equal(1, (await ledger.ReportAsync()).Foreign.Records);
    }

    private static async Task<JsonElement> GetAsync(LedgerHost ledger, string path)
    {
        var json = await ledger.Http.GetStringAsync(new Uri(path, UriKind.Relative), Stop);
        return JsonElement.Parse(json);
    }

    private static JsonElement Single(JsonElement array) => Assert.Single(array.EnumerateArray());

    private static (int Total, int Good, int Bad) Totals(JsonElement all) =>
        (all.GetProperty("total").GetInt32(), all.GetProperty("good").GetInt32(), all.GetProperty("bad").GetInt32());
}
