using Confluent.Kafka;

namespace EventSourcing.LocalKafka.Tests.Security;

/// <summary>librdkafka on every kind of listener.</summary>
public sealed class SecureClientTests(SecureBroker secure)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<SecurityProtocol, string?> Ways => SecureBroker.Ways;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Records_GoThroughEveryListener_LargeOnesToo(SecurityProtocol protocol, string? mechanism)
    {
        var topic = await secure.CreateTopicAsync();
        var settings = secure.Settings(protocol, mechanism);
        var sent = Enumerable.Range(0, 20).Select(n => new string((char)('a' + n), n % 2 == 0 ? 10 : 400_000)).ToArray();

        using (var producer = new ProducerBuilder<Null, string>(new ProducerConfig(new ClientConfig(settings)) { EnableIdempotence = true }).Build())
            await Task.WhenAll(sent.Select(value => producer.ProduceAsync(topic, new Message<Null, string> { Value = value }, Stop)));
        var received = Consume(settings, topic, sent.Length);

        Assert.Equal(sent.Order(), received.Order());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Clients_AreToldTheAddressOfTheListenerTheyCameThrough(SecurityProtocol protocol, string? mechanism)
    {
        using var admin = new AdminClientBuilder(new AdminClientConfig(new ClientConfig(secure.Settings(protocol, mechanism)))).Build();

        var broker = Assert.Single(admin.GetMetadata(TimeSpan.FromSeconds(30)).Brokers);

        Assert.Equal(secure.Broker.BootstrapServersOf(protocol), $"{broker.Host}:{broker.Port}");
    }

    [Theory]
    [InlineData("PLAIN", SecureBroker.User, "wrong-password-9f3")]
    [InlineData("SCRAM-SHA-256", SecureBroker.User, "wrong-password-9f3")]
    [InlineData("SCRAM-SHA-512", "nobody", SecureBroker.Password)]
    [InlineData("PLAIN", "nobody", SecureBroker.Password)]
    public async Task WrongCredentials_AreRefused_AndNeverLogged(string mechanism, string user, string password)
    {
        var settings = secure.Settings(SecurityProtocol.SaslSsl, mechanism, user, password);

        await RefusalAsync(settings, ErrorCode.Local_Authentication);

        Assert.Contains(secure.Log, line => line.Contains("did not authenticate", StringComparison.Ordinal));
        Assert.DoesNotContain(secure.Log, line => line.Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task UntrustedCertificate_IsTheClientsRefusal()
    {
        var settings = secure.Settings(SecurityProtocol.Ssl, null);
        settings.Remove("ssl.ca.location");

        var error = await RefusalAsync(settings, ErrorCode.Local_Ssl);

        Assert.Contains("certificate", error.Reason, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The client's first error of a kind. It need not be its first error: a connection may end before its alert is read, and the client tries again.</summary>
    private static async Task<Error> RefusalAsync(Dictionary<string, string> settings, ErrorCode code)
    {
        var refusal = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new ProducerBuilder<Null, string>(new ProducerConfig(new ClientConfig(settings)))
            .SetErrorHandler((_, error) =>
            {
                if (error.Code == code)
                    refusal.TrySetResult(error);
            })
            .SetLogHandler((_, _) => { })
            .Build();
        return await refusal.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    private static List<string> Consume(Dictionary<string, string> settings, string topic, int count)
    {
        var config = new ConsumerConfig(new ClientConfig(settings)) { GroupId = topic, AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<Ignore, string>(config).Build();
        consumer.Subscribe(topic);
        var values = new List<string>();
        while (values.Count < count)
            values.Add((consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new TimeoutException("Nothing came.")).Message.Value);
        consumer.Close();
        return values;
    }
}
