using EventSourcing.WebEvents.V1;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Tests.Support;

/// <summary>A client that writes and reads a stream side by side, as the contract asks.</summary>
internal static class StreamClient
{
    public static async Task<List<Receipt>> PublishAsync(Collector.CollectorClient client, IEnumerable<EventMessage> messages, CancellationToken stop)
    {
        using var call = client.PublishStream(cancellationToken: stop);
        var writing = Task.Run(async () =>
        {
            foreach (var message in messages)
                await call.RequestStream.WriteAsync(message, stop);
            await call.RequestStream.CompleteAsync();
        }, stop);
        var receipts = new List<Receipt>();
        while (await call.ResponseStream.MoveNext(stop))
            receipts.Add(call.ResponseStream.Current);
        await writing;
        return receipts;
    }
}
