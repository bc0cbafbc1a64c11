namespace EventSourcing.LocalKafka.Protocol;

/// <summary>A request that is answered at once, without waiting for anything.</summary>
internal abstract class SynchronousApi : KafkaApi
{
    public sealed override ValueTask HandleAsync(KafkaRequest request, CancellationToken stop)
    {
        Handle(request, request.Body, request.Response, request.Version);
        return ValueTask.CompletedTask;
    }

    protected abstract void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version);
}
