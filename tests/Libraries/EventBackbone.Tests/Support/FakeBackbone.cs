using Confluent.Kafka;
using EventSourcing.EventBackbone.Kafka;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>A client and its broker under the test's control: records wait until they are delivered or failed, in order.</summary>
internal sealed class FakeBackbone : IRecordProducer
{
    private readonly Lock _gate = new();
    private readonly Queue<(Message<byte[]?, byte[]?> Record, Action<DeliveryReport<byte[]?, byte[]?>> Delivered)> _waiting = new();

    /// <summary>What is on the topic.</summary>
    public List<Message<byte[]?, byte[]?>> Topic { get; } = [];

    /// <summary>What the next calls of Produce throw; null to take the records.</summary>
    public ErrorCode? Refusal { get; set; }

    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    public void Produce(TopicPartition topic, Message<byte[]?, byte[]?> record, Action<DeliveryReport<byte[]?, byte[]?>> delivered)
    {
        if (Refusal is { } code)
            throw new ProduceException<byte[]?, byte[]?>(new Error(code), new DeliveryResult<byte[]?, byte[]?>());
        lock (_gate)
            _waiting.Enqueue((record, delivered));
    }

    /// <summary>Stores and acknowledges the oldest records.</summary>
    public void Deliver(int count = int.MaxValue) => Report(count, stored: true, ErrorCode.NoError, PersistenceStatus.Persisted);

    /// <summary>Fails all records that wait; <paramref name="stored"/>: they are on the topic all the same.</summary>
    public void Fail(bool stored = false, ErrorCode code = ErrorCode.Local_MsgTimedOut) =>
        Report(int.MaxValue, stored, code, stored ? PersistenceStatus.PossiblyPersisted : PersistenceStatus.NotPersisted);

    /// <summary>Fails the oldest record, which may or may not be on the topic.</summary>
    public void FailNext(ErrorCode code) => Report(1, stored: false, code, PersistenceStatus.PossiblyPersisted);

    private void Report(int count, bool stored, ErrorCode code, PersistenceStatus status)
    {
        for (; count > 0; count--)
        {
            (Message<byte[]?, byte[]?> Record, Action<DeliveryReport<byte[]?, byte[]?>> Delivered) next;
            long offset;
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out next))
                    return;
                if (stored)
                    Topic.Add(next.Record);
                offset = Topic.Count - 1;
            }
            next.Delivered(new DeliveryReport<byte[]?, byte[]?>
            {
                Message = next.Record,
                Topic = "fake",
                Partition = 0,
                Offset = offset,
                Error = new Error(code),
                Status = status,
            });
        }
    }
}
