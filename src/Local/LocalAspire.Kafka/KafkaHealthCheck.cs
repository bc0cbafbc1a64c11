using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Confluent.Kafka;

/// <summary>Healthy when the broker stores a message in the topic <c>healthchecks-topic</c> within a second.</summary>
internal sealed class KafkaHealthCheck(ClientConfig client) : IHealthCheck, IDisposable
{
    private const string Topic = "healthchecks-topic";
    private const int TimeoutMs = 1000;

    /// <summary>Settings of the checked client that a plain producer cannot have.</summary>
    private static readonly string[] NotShared = ["dotnet.", "transactional.id", "group.", "statistics.interval.ms"];

    private readonly Lazy<IProducer<string, string>> _producer = new(() => new ProducerBuilder<string, string>(
        new ProducerConfig(Shared(client)) { SocketTimeoutMs = TimeoutMs, MessageTimeoutMs = TimeoutMs }).SetLogHandler((_, _) => { }).Build());

    public static void AddTo(IServiceCollection services, string name, ClientConfig client)
    {
        var check = new Lazy<KafkaHealthCheck>(() => new KafkaHealthCheck(client));
        services.Configure<HealthCheckServiceOptions>(options =>
        {
            if (options.Registrations.All(registration => registration.Name != name))
                options.Registrations.Add(new HealthCheckRegistration(name, _ => check.Value, null, null));
        });
        services.AddHealthChecks();
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var message = new Message<string, string> { Key = "healthcheck-key", Value = $"Check Kafka healthy on {DateTime.UtcNow:O}" };
            var stored = await _producer.Value.ProduceAsync(Topic, message, cancellationToken);
            return stored.Status == PersistenceStatus.NotPersisted
                ? HealthCheckResult.Unhealthy($"The broker did not store a message in '{Topic}'.")
                : HealthCheckResult.Healthy();
        }
        catch (KafkaException e)
        {
            return HealthCheckResult.Unhealthy($"No message can be stored in '{Topic}': {e.Error.Reason}", e);
        }
    }

    private static Dictionary<string, string> Shared(ClientConfig client) => client
        .Where(setting => !NotShared.Any(prefix => setting.Key.StartsWith(prefix, StringComparison.Ordinal)))
        .ToDictionary(setting => setting.Key, setting => setting.Value);

    public void Dispose()
    {
        if (_producer.IsValueCreated)
            _producer.Value.Dispose();
    }
}
