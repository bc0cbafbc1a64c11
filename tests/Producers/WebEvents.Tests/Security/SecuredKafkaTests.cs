using System.Net;
using EventSourcing.LocalKafka;
using EventSourcing.TestKit;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Tests.Support;

namespace EventSourcing.WebEvents.Tests.Security;

/// <summary>The service on a Kafka that wants TLS and a password, by configuration alone.</summary>
public sealed class SecuredKafkaTests
{
    private const string User = "web-events";
    private const string Password = "9c1 f:secret";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-512")]
    public async Task Event_OverSaslSsl_IsStored_AndTheServiceIsHealthy(string mechanism)
    {
        await using var broker = await StartBrokerAsync();
        await using var service = await WebEventsHost.StartAsync(broker.BootstrapServersOf(SecurityProtocol.SaslSsl), Settings(broker, mechanism, Password));
        var source = Sample.NewSource();

        using var response = await service.Http.PostTextAsync("/beacon", $"[{Event(source)}]", "application/json", Stop);
        using var health = await service.Http.GetAsync(new Uri("/health", UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(source, Assert.Single(TopicReader.Read(broker.BootstrapServers, "web-events", source)).Header("ce_source"));
    }

    [Fact]
    public async Task WrongPassword_NothingReachesTheTopic_AndTheServiceIsNotHealthy()
    {
        await using var broker = await StartBrokerAsync();
        await using (await WebEventsHost.StartAsync(broker.BootstrapServersOf(SecurityProtocol.SaslSsl), Settings(broker, "PLAIN", Password)))
        {
            // creates the topics
        }
        await using var service = await WebEventsHost.StartAsync(
            broker.BootstrapServersOf(SecurityProtocol.SaslSsl), [.. Settings(broker, "PLAIN", "wrong"), ("Backbone:TopicTimeout", "00:00:00.100")]);
        var source = Sample.NewSource();

        await Eventually.ValueAsync(
            stop => service.Http.GetStringAsync(new Uri("/health", UriKind.Relative), stop),
            health => health.Contains("Degraded", StringComparison.OrdinalIgnoreCase), "the service is degraded", stop: Stop);
        using var response = await service.Http.PostTextAsync("/beacon", $"[{Event(source)}]", "application/json", Stop);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);   // on disk, as with any Kafka that is away
        Assert.Empty(TopicReader.Read(broker.BootstrapServers, "web-events", source));
    }

    private static Task<LocalKafkaBroker> StartBrokerAsync() => LocalKafkaBroker.StartAsync(
        new LocalKafkaOptions
        {
            AdditionalListeners = [new LocalKafkaListener(SecurityProtocol.SaslSsl)],
            Security = new SecurityOptions { Users = new Dictionary<string, string> { [User] = Password } },
        },
        Stop);

    private static (string Key, string Value)[] Settings(LocalKafkaBroker broker, string mechanism, string password) =>
    [
        ("Backbone:Client:security.protocol", "SASL_SSL"),
        ("Backbone:Client:ssl.ca.location", broker.CertificateFile),
        ("Backbone:Client:sasl.mechanism", mechanism),
        ("Backbone:Client:sasl.username", User),
        ("Backbone:Client:sasl.password", password),
    ];

    private static string Event(string source) =>
        $$"""{"specversion":"1.0","id":"1","source":"{{source}}","type":"{{WebEventTypes.PageView}}","subject":"v-1","sequence":"000000000001","datacontenttype":"application/json","data":{{Sample.PageViewData}} }""";
}
