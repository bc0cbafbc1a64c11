using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>Batches of 100 screen views from phones with signed device tokens; each lane is a phone of its own.</summary>
internal sealed class MobileBffPath : HttpPath
{
    private const int Phones = 16;
    private static readonly string Key = RandomNumberGenerator.GetHexString(64, lowercase: true);

    private readonly (string Token, EventTemplate Event)[] _phones = [.. Enumerable.Range(0, Phones).Select(phone => (Token($"phone-{phone}"), Event($"phone-{phone}")))];

    public override string Topic => "mobile-events";

    public override int Lanes => Phones;

    public override int AtOnce => 100;

    public override int NumberOf(ReadOnlySpan<byte> value) => EventTemplate.NumberAfter(value, "\"sessionId\":\"session-"u8);

    // A phone sends as much as it likes: what is measured is not the limit of an installation.
    protected override ServiceDefinition Definition => new("MobileBff")
    {
        Settings = { ["DeviceTokens__Keys__benchmark"] = Key, ["Installations__EventsPerSecond"] = "100000", ["Installations__BurstEvents"] = "1000000" },
        Folders = ["Window__Directory"],
    };

    protected override HttpRequestMessage Request(int lane, int first, int count)
    {
        var request = Post("events", "application/cloudevents-batch+json", _phones[lane].Event.Array(first, count));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _phones[lane].Token);
        return request;
    }

    private static EventTemplate Event(string phone) => new(
        $$$"""
        {"specversion":"1.0","id":"m<n>","source":"/benchmark/{{{phone}}}","type":"io.eventsourcing.mobile.screen-view.v1","subject":"{{{phone}}}",
        "time":"{{{DateTimeOffset.UtcNow:O}}}","datacontenttype":"application/json",
        "data":{"sessionId":"session-<n>","screen":"{{{EventTemplate.Filler(110)}}}","previous":"{{{EventTemplate.Filler(110)}}}"}}
        """);

    // d1.KEY-ID.INSTALLATION-ID.EXPIRES.SIGNATURE
    private static string Token(string phone)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"d1.benchmark.{phone}.{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}");
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(text)))}";
    }
}
