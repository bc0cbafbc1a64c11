using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.SocialFeed.Contracts;
using EventSourcing.SocialFeed.Options;
using EventSourcing.SocialFeed.Payloads;
using EventSourcing.SocialFeed.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>Takes the data out of an event that would be too large, puts them into the payload store and a <c>dataref</c> into the event.</summary>
internal sealed class ClaimCheck(PayloadStore store, IOptions<PayloadOptions> options, SocialFeedTelemetry telemetry)
{
    private const int HeaderPrefix = 3; // ce_
    private const int HopHeaders = 128; // traceparent and redelivery

    /// <summary>Leaves an event as it is that fits; the payload of another one is on disk when this returns.</summary>
    /// <exception cref="PayloadRefusedException">The store does not take the payload.</exception>
    public async ValueTask ApplyAsync(Post post, CancellationToken stop)
    {
        if (post.Content.Upload is { } upload)
            Refer(post.Event, upload.Commit(post.Event.DataContentType));
        else if (SizeOf(post.Event) > options.Value.MaxInlineBytes)
            Refer(post.Event, await store.PutAsync(post.Event.GetDataBytes()!.Value, post.Event.DataContentType, stop));
    }

    /// <summary>Bytes of the event as a record, never less than it will have: key, header names and values, data.</summary>
    public static long SizeOf(CloudEvent cloudEvent)
    {
        long bytes = cloudEvent.GetDataBytes()?.Length ?? 0;
        bytes += HeaderPrefix + "specversion".Length + "1.0".Length + HopHeaders;
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes())
        {
            var length = Encoding.UTF8.GetByteCount(attribute.Format(value));
            bytes += HeaderPrefix + attribute.Name.Length + length;
            if (attribute.Name == EventAttributes.PartitionKey.Name)
                bytes += length;
        }

        return bytes;
    }

    private void Refer(CloudEvent cloudEvent, PayloadReference payload)
    {
        cloudEvent.Data = null;
        cloudEvent[SocialPost.DataRef] = payload.Uri;
        telemetry.ClaimChecked(payload.Bytes);
    }
}
