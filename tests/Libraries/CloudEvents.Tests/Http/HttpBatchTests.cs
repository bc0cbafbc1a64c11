using System.Text;
using EventSourcing.CloudEvents.Http;

namespace EventSourcing.CloudEvents.Tests.Http;

public sealed class HttpBatchTests
{
    private const string Good = """{"specversion":"1.0","id":"good","type":"io.cloudevents.test","source":"https://cloudevents.io","data":{"a":1}}""";

    [Fact]
    public void Batch_WithBadMembers_GivesEachItsOwnVerdict()
    {
        var body = Encoding.UTF8.GetBytes($$"""[ {{Good}}, {"specversion":"1.0"}, 17, {{Good.Replace("good", "also good", StringComparison.Ordinal)}} ]""");

        var members = HttpCloudEvents.ReadBatch(body);

        Assert.Equal(["good", null, null, "also good"], members.Select(static member => member.Event?.Id));
        Assert.Contains("id", members[1].Error, StringComparison.Ordinal);
        Assert.Equal("{\"specversion\":\"1.0\"}", Encoding.UTF8.GetString(members[1].Raw.Span));
        Assert.Contains("object", members[2].Error, StringComparison.Ordinal);
        Assert.Equal("17", Encoding.UTF8.GetString(members[2].Raw.Span));
    }

    [Fact]
    public void Members_Read_KeepTheirOwnBytes()
    {
        var body = Encoding.UTF8.GetBytes($"[{Good},{Good}]");

        var members = HttpCloudEvents.ReadBatch(body);

        Assert.All(members, static member => Assert.Equal(Good, Encoding.UTF8.GetString(member.Raw.Span)));
        Assert.Equal("{\"a\":1}"u8.ToArray(), members[1].Event!.Data);
    }

    [Fact]
    public void EmptyBatch_Read_IsEmpty() => Assert.Empty(HttpCloudEvents.ReadBatch("[]"u8.ToArray()));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[")]
    [InlineData("[1] 2")]
    [InlineData("null")]
    public void Body_ThatIsNoArray_IsRefused(string body) =>
        Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadBatch(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Batch_BeyondItsLimit_IsRefusedWhole()
    {
        var refused = Assert.ThrowsAny<ArgumentException>(() => HttpCloudEvents.ReadBatch("[1,2,3]"u8.ToArray(), maxEvents: 2));

        Assert.Contains("limit is 2", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_Set_HasTheBatchContentType()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/");

        request.SetCloudEvents([Events.Golden("minimal"), Events.Golden("allCore")]);

        Assert.Equal("application/cloudevents-batch+json; charset=UTF-8", request.Content!.Headers.NonValidated["Content-Type"].ToString());
    }
}
