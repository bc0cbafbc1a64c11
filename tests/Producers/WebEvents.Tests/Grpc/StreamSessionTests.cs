using EventSourcing.CloudEvents.Protobuf;
using EventSourcing.TestKit;
using EventSourcing.WebEvents.Grpc;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.Options;
using EventSourcing.WebEvents.Tests.Support;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Tests.Grpc;

public sealed class StreamSessionTests(ServiceFixture fixture)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Session_WhoseAnswersAreNotTaken_ReadsNoFurtherThanItsGroups()
    {
        var options = new CollectorOptions { StreamGroupEvents = 8, StreamGroupsInFlight = 2 };
        using var session = new StreamSession(
            fixture.Service.Services.GetRequiredService<EventIntake>(), options, TimeProvider.System, Stop, CancellationToken.None);
        var stream = new EndlessStream(Sample.NewSource(), end: 100);
        var taken = new TaskCompletionSource();
        var answered = 0;

        var running = session.RunAsync(stream, async receipts =>
        {
            await taken.Task;
            answered += receipts.Receipts.Length;
        });

        await Eventually.TrueAsync(() => session.Received == 16, "two groups of eight were read", stop: Stop);
        Assert.Equal(17, stream.Read);            // one message waits for room
        taken.SetResult();
        Assert.True(await running);
        Assert.Equal((100, 100), (answered, session.Received));
    }

    /// <summary>Messages without end as far as the session can tell: each read completes at once.</summary>
    private sealed class EndlessStream(string source, int end) : IAsyncStreamReader<EventMessage>
    {
        public int Read { get; private set; }

        public EventMessage Current => Sample.PageView(source, Read).ToProto();

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(Read < end && ++Read > 0);
    }
}
