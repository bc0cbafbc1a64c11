using EventSourcing.MqAdapter.Decoding;
using EventSourcing.MqAdapter.Options;

namespace EventSourcing.MqAdapter.Mq;

/// <summary>A configured queue with its decoder.</summary>
internal sealed record QueueBinding(QueueOptions Options, BodyDecoder Decoder)
{
    /// <summary>Address of the link's source.</summary>
    public string Address => string.IsNullOrEmpty(Options.Address) ? Options.Name : Options.Address;

    /// <summary>The bindings of all queues.</summary>
    public static IReadOnlyList<QueueBinding> Of(MqOptions options) =>
        [.. options.Queues.Select(queue => new QueueBinding(queue, new BodyDecoder(queue, options.MaxRecords)))];
}
