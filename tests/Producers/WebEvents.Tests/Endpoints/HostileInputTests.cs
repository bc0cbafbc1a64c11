using System.Net;
using System.Text;
using EventSourcing.WebEvents.Tests.Support;

namespace EventSourcing.WebEvents.Tests.Endpoints;

public sealed class HostileInputTests(ServiceFixture fixture)
{
    private const int Requests = 400;

    private static readonly string[] ContentTypes =
        ["application/cloudevents+json", "application/cloudevents-batch+json", "application/json", "text/plain", "application/cloudevents", "*/*", "\0"];

    /// <summary>Valid requests with bytes changed, cut and doubled: whatever comes, the answer is the sender's fault or success, never 500.</summary>
    [Fact]
    public async Task Request_MutatedAtRandom_IsNeverAServerError()
    {
        var stop = TestContext.Current.CancellationToken;
        var chance = new Random(20261124);
        var seen = new Dictionary<HttpStatusCode, int>();

        for (var i = 0; i < Requests; i++)
        {
            var body = Mutate(Encoding.UTF8.GetBytes(Batch()), chance);
            (string, string)[] headers = chance.Next(2) == 0
                ? []
                : [("ce-specversion", Mutate("1.0", chance)), ("ce-id", Mutate("1", chance)), ("ce-source", Mutate("/x", chance)),
                    ("ce-type", Mutate("io.eventsourcing.web.page-view.v1", chance)), ("ce-subject", Mutate("v", chance)), ("ce-time", Mutate("2026-01-01T00:00:00Z", chance))];
            using var response = await fixture.Service.Http.PostBytesAsync(
                chance.Next(3) == 0 ? "/beacon" : "/events", body, null, stop,
                [.. headers, ("Content-Type", ContentTypes[chance.Next(ContentTypes.Length)])]);

            Assert.True((int)response.StatusCode < 500, $"Request {i}: {response.StatusCode} to {Encoding.UTF8.GetString(body)}");
            seen[response.StatusCode] = seen.GetValueOrDefault(response.StatusCode) + 1;
        }

        Assert.True(seen.Count >= 4, $"The requests were not varied enough: {string.Join(", ", seen)}.");
    }

    private static string Batch() =>
        $$"""[{"specversion":"1.0","id":"1","source":"/hostile","type":"io.eventsourcing.web.page-view.v1","subject":"v","time":"2026-01-01T00:00:00Z","senttime":"0001-01-01T00:00:00Z","sequence":"000000000001","data":{{Sample.PageViewData}} }]""";

    private static byte[] Mutate(byte[] bytes, Random chance)
    {
        var mutated = bytes.ToList();
        for (var changes = chance.Next(4); changes > 0; changes--)
        {
            var at = chance.Next(mutated.Count);
            switch (chance.Next(4))
            {
                case 0: mutated[at] = (byte)chance.Next(256); break;
                case 1: mutated.RemoveRange(at, Math.Min(chance.Next(1, 40), mutated.Count - at)); break;
                case 2: mutated.InsertRange(at, mutated.GetRange(at, Math.Min(chance.Next(1, 40), mutated.Count - at))); break;
                default: mutated.Insert(at, (byte)"[]{}\",:\\0n"[chance.Next(10)]); break;
            }

            if (mutated.Count == 0)
                break;
        }

        return [.. mutated];
    }

    private static string Mutate(string text, Random chance) => chance.Next(4) switch
    {
        0 => text + "%C0%A0",
        1 => text[..chance.Next(text.Length)],
        2 => new string('x', chance.Next(2_000)),
        _ => text,
    };
}
