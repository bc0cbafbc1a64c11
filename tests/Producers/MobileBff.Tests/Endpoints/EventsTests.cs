using System.Diagnostics;
using System.Globalization;
using EventSourcing.MobileBff.Tests.Support;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.MobileBff.Tests.Endpoints;

public sealed class EventsTests(BffFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_IsStoredInOrder_EachEventWithKeyEnvelopeAndBytes()
    {
        var installation = Sample.NewInstallation();

        var verdicts = await fixture.Service.VerdictsAsync(installation, Sample.Batch(installation, 1, 50), Stop);
        var records = await fixture.ReadAsync(installation);

        Assert.All(verdicts.Statuses(), status => Assert.Equal("stored", status));
        Assert.Equal(Enumerable.Range(1, 50).Select(number => $"{number}"), records.Select(record => record.Id));
        Assert.Equal(verdicts.Select(verdict => verdict!["offset"]!.GetValue<long>()), records.Select(record => record.Offset));
        Assert.All(records, record =>
        {
            Assert.Equal(Sample.GoodData, record.Value);
            Assert.Equal(installation, record.Header("ce_partitionkey"));
            Assert.Equal("http://localhost:5141/schemas/io.eventsourcing.mobile.screen-view.v1", record.Header("ce_dataschema"));
            Assert.NotNull(record.Header("ce_recordedtime"));
            Assert.False(record.IsMarked);
        });
    }

    [Fact]
    public async Task CorruptEvents_AreAnsweredForThemselves_AndKept()
    {
        var installation = Sample.NewInstallation();
        var body = Sample.Batch(
            Sample.Event(installation, 1), Sample.Event(installation, 2, """{"sessionId":"s-1","screen":7}"""), "{\"id\":\"3\",\"source\":\"/x\"}", "17",
            Sample.Event(installation, 5, subject: "another"), Sample.Event(installation, 6).Replace("screen-view", "unheard-of", StringComparison.Ordinal),
            Sample.Event(installation, 7));

        var verdicts = await fixture.Service.VerdictsAsync(installation, body, Stop);
        var letters = await BffFixture.ReadAsync(fixture.BootstrapServers, installation, "dead-letters");

        Assert.Equal(["stored", "rejected", "rejected", "rejected", "rejected", "rejected", "stored"], verdicts.Statuses());
        Assert.Equal(
            [null, "invalid-data", "invalid-event", "invalid-event", "foreign-installation", "unknown-type", null],
            verdicts.Select(verdict => verdict.Text("type")?.Replace("urn:eventsourcing:", "", StringComparison.Ordinal)));
        Assert.Equal(["1", "2", "3", null, "5", "6", "7"], verdicts.Select(verdict => verdict.Text("id")));
        Assert.All(verdicts, verdict => Assert.Null(verdict!["retryAfter"]));
        Assert.Equal(["1", "7"], (await fixture.ReadAsync(installation)).Select(record => record.Id));
        Assert.Equal(5, letters.Count);
        Assert.Contains("\"screen\":7", letters[0].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RepeatedEvents_GetTheFirstReceipt_AndAreStoredOnce()
    {
        var installation = Sample.NewInstallation();
        var first = await fixture.Service.VerdictsAsync(installation, Sample.Batch(installation, 1, 20), Stop);

        var again = await fixture.Service.VerdictsAsync(installation, Sample.Batch(installation, 1, 30), Stop);
        var twice = await fixture.Service.VerdictsAsync(
            installation, Sample.Batch(Sample.Event(installation, 31), Sample.Event(installation, 31), Sample.Event(installation, 5)), Stop);

        Assert.Equal(first.Select(verdict => verdict!.ToJsonString()), again.Take(20).Select(verdict => verdict!.ToJsonString()));
        Assert.Equal(twice[0]!.ToJsonString(), twice[1]!.ToJsonString());
        Assert.Equal(first[4]!.ToJsonString(), twice[2]!.ToJsonString());
        Assert.Equal(Enumerable.Range(1, 31).Select(number => $"{number}"), (await fixture.ReadAsync(installation)).Select(record => record.Id));
    }

    [Fact]
    public async Task EqualIds_OfTwoInstallations_AreTwoEvents()
    {
        var (one, other) = (Sample.NewInstallation(), Sample.NewInstallation());
        string From(string installation) => Sample.Batch(Sample.Event(installation, 1).Replace(Sample.SourceOf(installation), "/same", StringComparison.Ordinal));

        await fixture.Service.VerdictsAsync(one, From(one), Stop);
        await fixture.Service.VerdictsAsync(other, From(other), Stop);

        Assert.Single(await fixture.ReadAsync(one));
        Assert.Single(await fixture.ReadAsync(other));
    }

    [Fact]
    public async Task PhoneClock_IsCorrectedBySentTime_TheOriginalKept()
    {
        var installation = Sample.NewInstallation();
        var slow = DateTimeOffset.UtcNow.AddHours(-3);
        var body = Sample.Batch(Sample.Event(installation, 1, time: slow.AddDays(-2)));

        await fixture.Service.VerdictsAsync(installation, body, Stop, ("Sent-Time", slow.ToString("O", CultureInfo.InvariantCulture)));
        var record = Assert.Single(await fixture.ReadAsync(installation));

        var time = Time(record, "ce_time");
        Assert.InRange(time, DateTimeOffset.UtcNow.AddDays(-2).AddMinutes(-2), DateTimeOffset.UtcNow.AddDays(-2).AddMinutes(2));
        Assert.Equal(slow.AddDays(-2), Time(record, "ce_clienttime"));
        Assert.Equal(slow, Time(record, "ce_senttime"));
    }

    [Fact]
    public async Task PhoneClock_ThatIsRight_ChangesNothing_HoweverOldTheEvent()
    {
        var installation = Sample.NewInstallation();
        var weekAgo = DateTimeOffset.UtcNow.AddDays(-7);

        await fixture.Service.VerdictsAsync(
            installation, Sample.Batch(Sample.Event(installation, 1, time: weekAgo)), Stop, ("Sent-Time", DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture)));
        var record = Assert.Single(await fixture.ReadAsync(installation));

        Assert.Equal(weekAgo, Time(record, "ce_time"));
        Assert.Null(record.Header("ce_clienttime"));
    }

    [Fact]
    public async Task SampledEvent_KeepsItsTrace_OnTheTopic_AndItsNeighboursHaveNone()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        var installation = Sample.NewInstallation();
        using var untraced = new Activity("untraced").SetIdFormat(ActivityIdFormat.W3C).Start();

        await fixture.Service.VerdictsAsync(
            installation,
            Sample.Batch(Sample.Event(installation, 1), Sample.Event(installation, 2, more: $",\"traceparent\":\"00-{Trace}-b7ad6b7169203331-01\"")), Stop);
        var records = await fixture.ReadAsync(installation);

        Assert.Null(records[0].Header("traceparent"));
        Assert.StartsWith($"00-{Trace}-", records[1].Header("traceparent"), StringComparison.Ordinal);
        Assert.DoesNotContain("b7ad6b7169203331", records[1].Header("traceparent"), StringComparison.Ordinal);   // the hop's own span
        Assert.Equal($"00-{Trace}-b7ad6b7169203331-01", records[1].Header("ce_traceparent"));
    }

    private static DateTimeOffset Time(TopicRecord record, string header) => DateTimeOffset.Parse(record.Header(header)!, CultureInfo.InvariantCulture);
}
