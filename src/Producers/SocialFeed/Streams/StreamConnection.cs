using System.Net.ServerSentEvents;
using EventSourcing.SocialFeed.Options;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>An open stream.</summary>
internal sealed class StreamConnection(HttpResponseMessage response, Stream content, StreamOptions options) : IDisposable
{
    /// <summary>The events as they come; data are bytes.</summary>
    /// <exception cref="IOException">The connection ended.</exception>
    /// <exception cref="TimeoutException">Nothing came for too long.</exception>
    public IAsyncEnumerable<SseItem<byte[]>> ReadAsync(CancellationToken stop)
    {
        // Field names and the ends of lines come on top of the data.
        var bounded = new BoundedEventStream(content, options.MaxEventBytes + 1_024, options.IdleTimeout);
        return SseParser.Create(bounded, static (_, data) => data.ToArray()).EnumerateAsync(stop);
    }

    public void Dispose()
    {
        content.Dispose();
        response.Dispose();
    }
}
