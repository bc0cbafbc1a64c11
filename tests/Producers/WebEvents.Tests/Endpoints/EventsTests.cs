using System.Net;
using CloudNative.CloudEvents;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Tests.Support;

namespace EventSourcing.WebEvents.Tests.Endpoints;

public sealed class EventsTests(ServiceFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ContentMode.Binary)]
    [InlineData(ContentMode.Structured)]
    public async Task Event_Posted_IsStoredWithItsKeyEnvelopeAndBytes(ContentMode mode)
    {
        var source = Sample.NewSource();

        using var response = await fixture.Service.Http.PostEventAsync(Sample.PageView(source, visitor: "v-öl 1"), mode, Stop);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var verdict = await response.ReadJsonAsync(Stop);
        var record = Assert.Single(fixture.ReadEvents(source));
        Assert.Equal(
            ("id-1", "stored", "web-events", record.Partition, record.Offset),
            (verdict.Text("id"), verdict.Text("status"), verdict.Text("topic"), verdict["partition"]!.GetValue<int>(), verdict["offset"]!.GetValue<long>()));
        Assert.Equal(("v-öl 1", Sample.PageViewData), (record.Key, record.Value));
        Assert.Equal(
            ("1.0", "id-1", WebEventTypes.PageView, "v-öl 1", "v-öl 1", "000000000001", "application/json"),
            (record.Header("ce_specversion"), record.Header("ce_id"), record.Header("ce_type"), record.Header("ce_subject"),
                record.Header("ce_partitionkey"), record.Header("ce_sequence"), record.Header("content-type")));
        Assert.EndsWith("/schemas/" + WebEventTypes.PageView, record.Header("ce_dataschema"), StringComparison.Ordinal);
        Assert.InRange(DateTimeOffset.Parse(record.Header("ce_recordedtime")!), DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow);
        Assert.Null(record.Header("redelivery"));
    }

    [Fact]
    public async Task Batch_WithBadMembers_GetsAVerdictPerEventInOrder()
    {
        var source = Sample.NewSource();
        CloudEvent[] events =
        [
            Sample.PageView(source, 1),
            Sample.PageView(source, 2, data: """{"sessionId":"s-1","url":7}"""),
            Sample.Event("io.eventsourcing.web.unknown.v1", source, 3, "v-1", Sample.PageViewData),
            Sample.Large(source, 70_000, 4),
            Sample.PageView(source, 5),
        ];

        using var response = await fixture.Service.Http.PostBatchAsync(events, Stop);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var verdicts = await response.ReadJsonAsync(Stop);
        Assert.Equal(["stored", "rejected", "rejected", "rejected", "stored"], verdicts.Statuses());
        Assert.Equal(["id-1", "id-2", "id-3", "id-4", "id-5"], verdicts.AsArray().Select(verdict => verdict.Text("id")));
        Assert.Equal(
            [null, "urn:eventsourcing:invalid-data", "urn:eventsourcing:unknown-type", "urn:eventsourcing:too-large", null],
            verdicts.AsArray().Select(verdict => verdict.Text("type")));
        Assert.All(verdicts.AsArray(), verdict => Assert.Null(verdict!["retryAfter"]));
        Assert.Equal([1L, 5L], fixture.ReadEvents(source).Select(record => record.Sequence));
        var letters = fixture.ReadDeadLetters(source);
        Assert.Equal(
            ["urn:eventsourcing:invalid-data", "urn:eventsourcing:unknown-type"],
            letters.Select(letter => letter.Header("ce_reason")).Order(StringComparer.Ordinal));
        Assert.All(letters, letter => Assert.Equal("v-1", letter.Key));
    }

    [Fact]
    public async Task Batch_WithAMemberThatIsNoEvent_KeepsItsNeighbours()
    {
        var source = Sample.NewSource();
        var body = $$"""
            [{"specversion":"1.0","id":"a","source":"{{source}}","type":"{{WebEventTypes.PageView}}","subject":"v","sequence":"000000000001","data":{{Sample.PageViewData}} },
             {"specversion":"1.0","id":"b","source":"{{source}}"}, 17,
             {"specversion":"1.0","id":"c","source":"{{source}}","type":"{{WebEventTypes.PageView}}","subject":"v","sequence":"000000000002","data":{{Sample.PageViewData}} }]
            """;

        using var response = await fixture.Service.Http.PostTextAsync("/events", body, "application/cloudevents-batch+json; charset=utf-8", Stop);

        var verdicts = await response.ReadJsonAsync(Stop);
        Assert.Equal(["stored", "rejected", "rejected", "stored"], verdicts.Statuses());
        Assert.Equal(["a", "b", null, "c"], verdicts.AsArray().Select(verdict => verdict.Text("id")));
        Assert.Equal([1L, 2L], fixture.ReadEvents(source).Select(record => record.Sequence));
    }

    [Fact]
    public async Task Batch_Empty_IsAnsweredEmpty()
    {
        using var response = await fixture.Service.Http.PostBatchAsync([], Stop);

        Assert.Equal((HttpStatusCode.OK, "[]"), (response.StatusCode, await response.Content.ReadAsStringAsync(Stop)));
    }

    [Fact]
    public async Task Batches_OneAfterTheOther_KeepTheOrderPerVisitor()
    {
        var source = Sample.NewSource();
        for (var batch = 0; batch < 20; batch++)
        {
            var first = batch * 50;
            var events = Enumerable.Range(first + 1, 50).Select(number => Sample.PageView(source, number, $"v-{number % 7}")).ToArray();
            using var response = await fixture.Service.Http.PostBatchAsync(events, Stop);
            Assert.All((await response.ReadJsonAsync(Stop)).Statuses(), status => Assert.Equal("stored", status));
        }

        var records = fixture.ReadEvents(source);

        Assert.Equal(Enumerable.Range(1, 1_000).Select(number => (long)number), records.Select(record => record.Sequence).Order());
        Assert.All(records.GroupBy(record => record.Key), visitor =>
            Assert.Equal(visitor.Select(record => record.Sequence).Order(), visitor.Select(record => record.Sequence)));
    }

    [Fact]
    public async Task Event_SaidToBeAPossibleDuplicate_CarriesTheHeader()
    {
        var source = Sample.NewSource();
        var cloudEvent = Sample.PageView(source);
        cloudEvent["redelivery"] = "possible-duplicate";

        using var response = await fixture.Service.Http.PostBatchAsync([cloudEvent], Stop);

        var record = Assert.Single(fixture.ReadEvents(source));
        Assert.Equal(("possible-duplicate", null), (record.Header("redelivery"), record.Header("ce_redelivery")));
    }
}
