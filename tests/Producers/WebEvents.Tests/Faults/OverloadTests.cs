using System.Net;
using System.Net.Sockets;
using System.Text;
using EventSourcing.TestKit;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.WebEvents.Tests.Faults;

public sealed class OverloadTests(ServiceFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bodies_BeyondTheBudget_Are429_UntilThereIsRoomAgain()
    {
        await using var service = await WebEventsHost.StartAsync(
            fixture.BootstrapServers, ("Collector:MaxBodyBytes", "2048"), ("Collector:MaxInFlightBytes", "2048"));
        var source = Sample.NewSource();
        using (var slow = await StartUploadAsync(service.HttpAddress, 2_048))
        {
            var budget = service.Services.GetRequiredService<IngressBudget>();
            await Eventually.TrueAsync(() => budget.BodyBytes == 2_048, "the slow upload holds the budget", stop: Stop);

            using var refused = await service.Http.PostBatchAsync([Sample.PageView(source)], Stop);

            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
            Assert.Equal("urn:eventsourcing:busy", await refused.ReadProblemTypeAsync(Stop));
        }

        await Eventually.TrueAsync(async stop =>
        {
            using var again = await service.Http.PostBatchAsync([Sample.PageView(source)], stop);
            return again.StatusCode == HttpStatusCode.OK;
        }, "the budget is free again", stop: Stop);
        Assert.Single(fixture.ReadEvents(source));
    }

    [Fact]
    public async Task Events_BeyondTheRoutesBuffer_GetAVerdictThatSaysWhenToRetry_AndArriveOnceOnRetry()
    {
        await using var service = await WebEventsHost.StartAsync(fixture.BootstrapServers, ("Backbone:Routes:web-events:BufferEvents", "10"));
        var source = Sample.NewSource();
        var waiting = Enumerable.Range(1, 200).Select(number => Sample.PageView(source, number, $"v-{number}")).ToList();
        var refusals = 0;

        while (waiting.Count > 0)
        {
            using var response = await service.Http.PostBatchAsync(waiting, Stop);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                continue;
            var verdicts = (await response.ReadJsonAsync(Stop)).AsArray();
            var again = waiting.Where((_, i) => verdicts[i]!["retryAfter"] is not null).ToList();
            Assert.All(verdicts, verdict => Assert.Equal(verdict!["retryAfter"] is null ? "stored" : "rejected", verdict.Text("status")));
            Assert.Equal(again.Count > 0, response.Headers.RetryAfter is not null);
            refusals += again.Count;
            waiting = again;
        }

        Assert.True(refusals > 0, "200 events at once found room in a buffer of 10.");
        Assert.Equal(Enumerable.Range(1, 200).Select(n => (long)n), fixture.ReadEvents(source).Select(record => record.Sequence).Order());
    }

    [Fact]
    public async Task Options_OutOfRange_StopTheStartAndAreAllNamed()
    {
        var failure = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => WebEventsHost.StartAsync(
            fixture.BootstrapServers, ("Collector:MaxBatchEvents", "0"), ("Collector:MaxInFlightBytes", "4096"), ("Collector:AllowedOrigins:0", "shop.example/")));

        Assert.Contains("MaxBatchEvents", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Collector:MaxInFlightBytes", failure.Message, StringComparison.Ordinal);
        Assert.Contains("shop.example/", failure.Message, StringComparison.Ordinal);
    }

    // A request whose body does not come.
    private static async Task<TcpClient> StartUploadAsync(Uri address, int length)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Stop);
        var head = $"POST /events HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/cloudevents-batch+json\r\nContent-Length: {length}\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Stop);
        return client;
    }
}
