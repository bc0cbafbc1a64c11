using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>Small JSON posts, a signed webhook each (Standard Webhooks).</summary>
internal sealed class SocialFeedPath : HttpPath
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    private readonly EventTemplate _post = new(
        $$$"""
        {"specversion":"1.0","id":"p<n>","source":"/benchmark","type":"io.eventsourcing.social.post.v1","subject":"author-<k>",
        "time":"{{{DateTimeOffset.UtcNow:O}}}","datacontenttype":"application/json","data":{"text":"<n> {{{EventTemplate.Filler(280)}}}"}}
        """);

    public override string Topic => "social-posts";

    public override int Lanes => 128;

    public override int NumberOf(ReadOnlySpan<byte> value) => EventTemplate.NumberAfter(value, "\"text\":\""u8);

    protected override ServiceDefinition Definition => new("SocialFeed")
    {
        Settings = { ["Webhooks__Feeds__benchmark__Keys__0"] = $"whsec_{Convert.ToBase64String(Key)}" },
        Folders = ["Payloads__Directory", "Streams__CursorDirectory"],
    };

    protected override HttpRequestMessage Request(int lane, int first, int count)
    {
        var body = _post.Bytes(first);
        var (id, timestamp) = ($"p{first:D8}", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var request = Post("webhooks/benchmark", "application/cloudevents+json", body);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", $"v1,{Signature(id, timestamp, body)}");
        return request;
    }

    private static string Signature(string id, string timestamp, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return Convert.ToBase64String(HMACSHA256.HashData(Key, signed));
    }
}
