using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.Options;
using EventSourcing.WebEvents.Telemetry;
using Grpc.Core;
using Microsoft.Extensions.Options;
using EventMessage = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.WebEvents.Grpc;

/// <summary>Runs the sessions of all streams within the service's limits.</summary>
internal sealed class StreamRunner(
    EventIntake intake, IngressBudget budget, IOptions<CollectorOptions> options, TimeProvider clock,
    WebEventsTelemetry telemetry, StreamDrain drain, ILogger<StreamRunner> logger)
{
    /// <summary>What a stream is told that the service's stop cuts short.</summary>
    public Rejection Stopped => Refusals.Stopping(options.Value.RetryAfter);

    /// <summary>Runs one stream to its end; false when reading stopped before that.</summary>
    /// <exception cref="RpcException">Too many streams are open.</exception>
    public async Task<bool> RunAsync(
        IAsyncStreamReader<EventMessage> messages, ServerCallContext context, Func<IntakeReceipts, StreamSession, Task> answer)
    {
        using var place = budget.AcquireStream();
        if (!place.IsAcquired)
            throw GrpcRefusals.ToException(IntakeRefusals.Busy("Too many streams are open.", options.Value.RetryAfter));

        using var counted = drain.Enter();
        using var session = new StreamSession(intake, options.Value, clock, context.CancellationToken, drain.Stopping);
        using var open = telemetry.OpenStream();
        var ended = await session.RunAsync(messages, receipts => answer(receipts, session));
        if (!ended)
            Log.StreamStopped(logger, session.Received);
        return ended;
    }
}
