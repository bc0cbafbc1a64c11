using System.Text;
using EventSourcing.SocialFeed.Streams;

namespace EventSourcing.SocialFeed.Tests.Streams;

public sealed class BoundedEventStreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("id: 1\ndata: abc\n\nid: 2\ndata: d\n\n", "id: 1\ndata: abc\n\nid: 2\ndata: d\n\n")]
    [InlineData("data: 123456789012345\nid: 1\n\ndata: d\n\n", "data: 1234\nid: 1\n\ndata: d\n\n")]
    [InlineData("data: 123456789012345\r\nid: 1\r\n\r\ndata: d\r\n\r\n", "data: 1234\r\nid: 1\r\n\r\ndata: d\r\n\r\n")]
    [InlineData("data: 1\ndata: 2\ndata: 3\n\ndata: 4\n\n", "data: 1\ndat\n\ndata: 4\n\n")]
    [InlineData("data: 1\r\ndata: 2\r\ndata: 3\r\nid: 7\r\n\r\ndata: 4\r\n\r\n", "data: 1\r\ndat\r\nid: 7\r\n\r\ndata: 4\r\n\r\n")]
    [InlineData(": a comment of some length\n\ndata: 4\n\n", ": a commen\n\ndata: 4\n\n")]
    public async Task Event_BeyondTheLimit_LosesItsRest_AndKeepsItsId(string sent, string read)
    {
        foreach (var piece in (int[])[1, 3, 1_000])
        {
            await using var bounded = new BoundedEventStream(new MemoryStream(Encoding.UTF8.GetBytes(sent)), maxEventBytes: 10, TimeSpan.FromSeconds(30));
            var text = new StringBuilder();
            var buffer = new byte[piece];
            for (int length; (length = await bounded.ReadAsync(buffer, Stop)) > 0;)
                text.Append(Encoding.UTF8.GetString(buffer, 0, length));

            Assert.Equal(read, text.ToString());
        }
    }
}
