using System.Text;
using Confluent.Kafka;
using EventSourcing.LocalKafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Tests.KafkaClients;

/// <summary>AddKafkaProducer and AddKafkaConsumer on a broker.</summary>
public sealed class KafkaClientTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private LocalKafkaBroker _broker = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _broker = await LocalKafkaBroker.StartAsync(stop: Stop);

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task Message_SentAndReceived_IsTracedFromOneToTheOther()
    {
        using var spans = new ClientSpans();
        using var host = Build(builder =>
        {
            builder.AddKafkaProducer<string, string>("kafka", settings => settings.DisableHealthChecks = true);
            builder.AddKafkaConsumer<string, string>("kafka", settings =>
            {
                settings.Config.GroupId = "readers";
                settings.Config.AutoOffsetReset = AutoOffsetReset.Earliest;
            });
        });
        await CreateTopicAsync("greetings");
        var consumer = host.Services.GetRequiredService<IConsumer<string, string>>();
        consumer.Subscribe("greetings");

        await host.Services.GetRequiredService<IProducer<string, string>>().ProduceAsync("greetings", new() { Key = "k", Value = "v" }, Stop);
        var received = Receive(consumer);

        Assert.Equal("v", received.Message.Value);
        var (sent, got) = (spans.Single("greetings publish"), spans.Single("greetings receive"));
        Assert.Equal(sent.Id, Encoding.ASCII.GetString(received.Message.Headers.GetLastBytes("traceparent")));
        Assert.Equal(sent.SpanId, Assert.Single(got.Links).Context.SpanId);
        Assert.NotEqual(sent.TraceId, got.TraceId);
    }

    [Fact]
    public void Settings_FromConfiguration_AreOverriddenByCode()
    {
        using var host = Build(builder => builder.AddKafkaProducer<string, string>("kafka", settings =>
        {
            Assert.Equal(_broker.BootstrapServers, settings.ConnectionString);
            Assert.Equal("from-section", settings.Config.ClientId);
            settings.Config.ClientId = "from-code";
        }));

        Assert.StartsWith("from-code", host.Services.GetRequiredService<IProducer<string, string>>().Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Consumer_WithoutAGroup_IsRefusedWhenItIsMade()
    {
        using var host = Build(builder => builder.AddKafkaConsumer<string, string>("kafka"));

        var error = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredService<IConsumer<string, string>>());

        Assert.Contains("No group id configured", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Producer_WithoutAServer_IsRefusedWhenItIsMade()
    {
        using var host = Build(builder => builder.AddKeyedKafkaProducer<string, string>("elsewhere"));

        var error = Assert.Throws<InvalidOperationException>(() => host.Services.GetRequiredKeyedService<IProducer<string, string>>("elsewhere"));

        Assert.Contains("No bootstrap servers configured", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthCheck_StoresAMessage()
    {
        await CreateTopicAsync("healthchecks-topic");
        using var host = Build(builder => builder.AddKafkaProducer<string, string>("kafka"));
        var checks = host.Services.GetRequiredService<HealthCheckService>();

        var report = await checks.CheckHealthAsync(check => check.Name == "Aspire.Confluent.Kafka.Producer", Stop);

        Assert.Equal(HealthStatus.Healthy, Assert.Single(report.Entries).Value.Status);
    }

    private IHost Build(Action<IHostApplicationBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging();
        builder.Configuration["ConnectionStrings:kafka"] = _broker.BootstrapServers;
        builder.Configuration["Aspire:Confluent:Kafka:Producer:kafka:Config:ClientId"] = "from-section";
        add(builder);
        return builder.Build();
    }

    private async Task CreateTopicAsync(string name)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = _broker.BootstrapServers }).Build();
        await admin.CreateTopicsAsync([new() { Name = name, NumPartitions = 1, ReplicationFactor = 1 }]);
    }

    private static ConsumeResult<string, string> Receive(IConsumer<string, string> consumer)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(Patience);
        return consumer.Consume(deadline.Token);
    }
}
