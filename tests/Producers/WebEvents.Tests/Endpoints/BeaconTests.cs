using System.Net;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Tests.Support;

namespace EventSourcing.WebEvents.Tests.Endpoints;

public sealed class BeaconTests(ServiceFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("application/json")]
    public async Task Beacon_WithEvents_IsAcceptedAndStored(string contentType)
    {
        var source = Sample.NewSource();

        using var response = await fixture.Service.Http.PostTextAsync("/beacon", $"[{Event(source, 1)},{Event(source, 2)}]", contentType, Stop);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal([1L, 2L], fixture.ReadEvents(source).Select(record => record.Sequence));
    }

    [Fact]
    public async Task Beacon_WithBadMembers_BuriesThemAndStoresTheOthers()
    {
        var source = Sample.NewSource();
        var tooLarge = Event(source, 3).Replace("https://shop.example/", new string('x', 70_000), StringComparison.Ordinal);
        var longUrl = Event(source, 4).Replace("https://shop.example/", new string('x', 3_000), StringComparison.Ordinal);
        var custom = Event(source, 5).Replace(WebEventTypes.PageView, WebEventTypes.Custom, StringComparison.Ordinal)
            .Replace("\"url\"", $"\"name\":\"n\",\"data\":{{\"text\":\"{new string('x', 70_000)}\"}},\"url\"", StringComparison.Ordinal);
        var noEvent = $$"""{"id":"{{source}}"}""";

        using var response = await fixture.Service.Http.PostTextAsync(
            "/beacon", $"[{Event(source, 1)},{noEvent},{tooLarge},{longUrl},{custom},{Event(source, 2)}]", "text/plain", Stop);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal([1L, 2L], fixture.ReadEvents(source).Select(record => record.Sequence).Order());
        Assert.Equal(
            ["urn:eventsourcing:invalid-data", "urn:eventsourcing:invalid-data", "urn:eventsourcing:invalid-event", "urn:eventsourcing:too-large"],
            fixture.ReadDeadLetters(source).Select(letter => letter.Header("ce_reason")).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[{", "urn:eventsourcing:malformed-json")]
    [InlineData("{}", "urn:eventsourcing:invalid-event")]
    public async Task Beacon_ThatIsNoArray_IsBuriedWhole(string start, string reason)
    {
        var mark = Guid.NewGuid().ToString();
        var body = start == "{}" ? $$"""{"mark":"{{mark}}"}""" : start + mark;

        using var response = await fixture.Service.Http.PostTextAsync("/beacon", body, "text/plain", Stop);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var letter = Assert.Single(fixture.ReadDeadLetters(mark));
        Assert.Equal((reason, body), (letter.Header("ce_reason"), letter.Value));
    }

    [Fact]
    public async Task Beacon_OfAnotherContentType_Is415()
    {
        using var response = await fixture.Service.Http.PostTextAsync("/beacon", "[]", "application/x-www-form-urlencoded", Stop);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static string Event(string source, long number) =>
        $$"""{"specversion":"1.0","id":"{{number}}","source":"{{source}}","type":"{{WebEventTypes.PageView}}","subject":"v","sequence":"{{number:D12}}","data":{{Sample.PageViewData}} }""";
}
