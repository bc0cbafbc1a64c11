using System.Collections.Concurrent;
using System.Diagnostics;

namespace LocalAspire.Tests.KafkaClients;

/// <summary>The spans that the instrumented clients make while this exists.</summary>
internal sealed class ClientSpans : IDisposable
{
    private readonly ConcurrentBag<Activity> _stopped = [];
    private readonly ActivityListener _listener;

    public ClientSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "OpenTelemetry.Instrumentation.ConfluentKafka",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _stopped.Add,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public Activity Single(string name) => Assert.Single(_stopped, span => span.DisplayName == name);

    public void Dispose() => _listener.Dispose();
}
