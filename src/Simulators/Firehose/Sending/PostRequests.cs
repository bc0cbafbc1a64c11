using System.Globalization;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.Firehose.Posts;

namespace EventSourcing.Firehose.Sending;

/// <summary>Posts as signed requests, in the four forms of a webhook.</summary>
/// <param name="webhook">The address.</param>
/// <param name="source">The network's CloudEvents source.</param>
/// <param name="signer">Signs.</param>
/// <param name="time">The clock.</param>
internal sealed class PostRequests(Uri webhook, string source, WebhookSigner signer, TimeProvider time)
{
    /// <summary>The request of posts that go together; all have the shape of the first.</summary>
    public async Task<HttpRequestMessage> CreateAsync(IReadOnlyList<GeneratedPost> posts, bool mayBeCopy, string? traceParent, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, webhook);
        var first = posts[0];
        switch (first.Shape)
        {
            case PostShape.Batch:
                request.SetCloudEvents([.. posts.Select((post, i) => ToEvent(post, mayBeCopy, i == 0 ? traceParent : null))]);
                break;
            case PostShape.Plain:
                SetPlain(request, first, mayBeCopy);
                break;
            default:
                request.SetCloudEvent(ToEvent(first, mayBeCopy, traceParent), first.Shape == PostShape.Binary ? ContentMode.Binary : ContentMode.Structured);
                break;
        }

        // A plain post's id is the webhook's; for the others it only has to be the same with every attempt.
        var id = string.Create(CultureInfo.InvariantCulture, $"{source[1..].Replace('/', '_')}_{first.Number}");
        signer.Sign(request, id, await request.Content!.ReadAsByteArrayAsync(stop), time.GetUtcNow(), first.Corruption == Corruption.WrongKey);
        return request;
    }

    private CloudEvent ToEvent(GeneratedPost post, bool mayBeCopy, string? traceParent) => post.ToEvent(source, time.GetUtcNow(), traceParent, mayBeCopy);

    private void SetPlain(HttpRequestMessage request, GeneratedPost post, bool mayBeCopy)
    {
        request.Content = new ByteArrayContent(post.Data);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", post.ContentType);
        if (post.Corruption != Corruption.NoAuthor)
            request.Headers.TryAddWithoutValidation("X-Author-Id", post.Author);
        request.Headers.TryAddWithoutValidation("X-Source", source);
        request.Headers.TryAddWithoutValidation("X-Sequence", EventAttributes.FormatSequence(post.Number));
        if (mayBeCopy)
            request.Headers.TryAddWithoutValidation("redelivery", "possible-duplicate");
    }
}
