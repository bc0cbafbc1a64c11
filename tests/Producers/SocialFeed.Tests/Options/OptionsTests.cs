using EventSourcing.SocialFeed.Tests.Support;
using EventSourcing.TestKit;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Tests.Options;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Webhooks:Tolerance", "00:00:00.5", "Tolerance")]
    [InlineData("Webhooks:MaxInFlightBytes", "100000", "Webhooks:MaxInFlightBytes")]
    [InlineData("Webhooks:Feeds:test:Keys:2", "whsec_tooshort", "Webhooks:Feeds:test:Keys")]
    [InlineData("Webhooks:Feeds:empty:AuthorHeader", "X-Author", "Webhooks:Feeds:empty:Keys")]
    [InlineData("Webhooks:Feeds:test:AuthorHeader", "not a header", "Webhooks:Feeds:test")]
    [InlineData("Webhooks:Feeds:a/b:Keys:0", Signer.Key, "Webhooks:Feeds")]
    [InlineData("Payloads:QuotaBytes", "2000000", "Payloads:QuotaBytes")]
    [InlineData("Payloads:BaseUri", "http://feed.example/payloads", "Payloads:BaseUri")]
    [InlineData("Payloads:Retention", "00:00:00", "Retention")]
    [InlineData("Streams:MaxInFlight", "0", "MaxInFlight")]
    [InlineData("Streams:Sources:s:CommitUri", "http://x/", "Streams:Sources:s:Uri")]
    [InlineData("Streams:Sources:..:Uri", "http://x/", "Streams:Sources")]
    public async Task Value_OutOfRange_StopsTheStart_WithItsPath(string key, string value, string path)
    {
        using var folder = new TempFolder("options");

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => FeedHost.StartAsync("127.0.0.1:1", folder.Path, null, (key, value)));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }
}
