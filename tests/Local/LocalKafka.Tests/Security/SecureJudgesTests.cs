using EventSourcing.LocalKafka.Tests.Judges;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.LocalKafka.Tests.Security;

/// <summary>kcat, kafkajs and the Java tools on the secure listeners.</summary>
public sealed class SecureJudgesTests(SecureBroker secure)
{
    private static readonly string[] Values = [.. Enumerable.Range(0, 200).Select(n => $"value {n}")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<SecurityProtocol, string?> Ways => SecureBroker.Ways;

    // Not SCRAM: librdkafka before 2.6.1, which distributions' kcat has, repeats its nonce (librdkafka#4895). Apache Kafka 4 refuses that as well (CVE-2024-56128).
    [Theory(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    [InlineData(SecurityProtocol.Ssl, null)]
    [InlineData(SecurityProtocol.SaslPlaintext, "PLAIN")]
    [InlineData(SecurityProtocol.SaslSsl, "PLAIN")]
    public async Task Kcat_ProducesAndConsumes(SecurityProtocol protocol, string? mechanism)
    {
        var topic = await secure.CreateTopicAsync();
        string[] settings = [.. secure.Settings(protocol, mechanism).Where(setting => setting.Key != "bootstrap.servers").SelectMany(setting => new[] { "-X", $"{setting.Key}={setting.Value}" })];
        var servers = secure.Broker.BootstrapServersOf(protocol);

        await Kcat.ProduceAsync(servers, topic, Values, arguments: settings, stop: Stop);
        var received = await Kcat.ConsumeAllAsync(servers, topic, settings, stop: Stop);

        Assert.Equal(Values.Order(), received.Select(record => record.Value).Order());
    }

    [Theory(Skip = Requires.NodeReason, SkipUnless = nameof(Requires.Node), SkipType = typeof(Requires))]
    [MemberData(nameof(Ways))]
    public async Task KafkaJs_ProducesAndConsumes(SecurityProtocol protocol, string? mechanism)
    {
        var answer = await KafkaJsAsync(await secure.CreateTopicAsync(), protocol, mechanism, SecureBroker.Password);

        Assert.Null(answer.Error);
        Assert.Equal(Values.Order(), answer.Values.Order());
    }

    [Fact(Skip = Requires.NodeReason, SkipUnless = nameof(Requires.Node), SkipType = typeof(Requires))]
    public async Task KafkaJs_WrongPassword_IsToldSo()
    {
        var answer = await KafkaJsAsync(await secure.CreateTopicAsync(), SecurityProtocol.SaslSsl, "SCRAM-SHA-256", "wrong");

        Assert.Contains("SASL", answer.Error, StringComparison.Ordinal);
    }

    [Theory(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    [InlineData(SecurityProtocol.Ssl, null)]
    [InlineData(SecurityProtocol.SaslSsl, "PLAIN")]
    [InlineData(SecurityProtocol.SaslSsl, "SCRAM-SHA-512")]
    [InlineData(SecurityProtocol.SaslPlaintext, "SCRAM-SHA-256")]
    public async Task ConsoleTools_ProduceAndConsume(SecurityProtocol protocol, string? mechanism)
    {
        var topic = await secure.CreateTopicAsync();
        using var folder = new TempFolder("client-properties");
        var config = folder.File("client.properties");
        await File.WriteAllLinesAsync(config, ClientProperties(protocol, mechanism, SecureBroker.Password), Stop);
        string[] common = ["--bootstrap-server", secure.Broker.BootstrapServersOf(protocol), "--topic", topic, "--command-config", config];

        var input = string.Concat(Values.Select(value => value + "\n"));
        (await KafkaTool.RunAsync("org.apache.kafka.tools.ConsoleProducer", common, input, stop: Stop)).EnsureSuccess();
        string[] consume = [.. common, "--from-beginning", "--max-messages", $"{Values.Length}", "--timeout-ms", "60000"];
        var received = (await KafkaTool.RunAsync("org.apache.kafka.tools.consumer.ConsoleConsumer", consume, stop: Stop)).EnsureSuccess();

        Assert.Equal(Values.Order(), received.Lines.Order());
    }

    [Fact(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    public async Task TopicCommand_WrongPassword_IsToldSo()
    {
        using var folder = new TempFolder("client-properties");
        var config = folder.File("client.properties");
        await File.WriteAllLinesAsync(config, ClientProperties(SecurityProtocol.SaslSsl, "PLAIN", "wrong"), Stop);
        string[] arguments = ["--bootstrap-server", secure.Broker.BootstrapServersOf(SecurityProtocol.SaslSsl), "--command-config", config, "--list"];

        var result = await KafkaTool.RunAsync("org.apache.kafka.tools.TopicCommand", arguments, stop: Stop);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("Authentication failed: Invalid username or password", result.StandardOutput + result.StandardError, StringComparison.Ordinal);
    }

    private Task<Answer> KafkaJsAsync(string topic, SecurityProtocol protocol, string? mechanism, string password) => NodeClient.RunAsync<Answer>(
        "kafkajs-security.mjs",
        new
        {
            Brokers = secure.Broker.BootstrapServersOf(protocol),
            Topic = topic,
            Values,
            Mechanism = mechanism,
            SecureBroker.User,
            Password = password,
            Certificate = protocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl ? secure.Broker.CertificateFile : null,
        },
        Stop);

    private IEnumerable<string> ClientProperties(SecurityProtocol protocol, string? mechanism, string password)
    {
        yield return $"security.protocol={SecureBroker.NameOf(protocol)}";
        if (protocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl)
        {
            yield return "ssl.truststore.type=PEM";
            yield return $"ssl.truststore.location={secure.Broker.CertificateFile}";
        }
        if (mechanism is null)
            yield break;
        var module = mechanism == "PLAIN" ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        var escaped = string.Concat(password.Select(letter => letter < 128 ? $"{letter}" : $"\\u{(int)letter:x4}"));
        yield return $"sasl.mechanism={mechanism}";
        yield return $"sasl.jaas.config=org.apache.kafka.common.security.{module} required username=\"{SecureBroker.User}\" password=\"{escaped}\";";
    }

    private sealed record Answer(string[] Values, string? Error);
}
