using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Security;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(SecureBroker))]

namespace EventSourcing.LocalKafka.Tests.Security;

/// <summary>One broker with a listener of every kind.</summary>
public sealed class SecureBroker : IAsyncLifetime
{
    public const string User = "alice";
    public const string Password = "s3cret, with = and ü";

    private readonly ListLogger _log = new();
    private LocalKafkaBroker? _broker;

    public static TheoryData<SecurityProtocol, string?> Ways { get; } = new()
    {
        { SecurityProtocol.Plaintext, null },
        { SecurityProtocol.Ssl, null },
        { SecurityProtocol.SaslPlaintext, "PLAIN" },
        { SecurityProtocol.SaslPlaintext, "SCRAM-SHA-512" },
        { SecurityProtocol.SaslSsl, "PLAIN" },
        { SecurityProtocol.SaslSsl, "SCRAM-SHA-256" },
        { SecurityProtocol.SaslSsl, "SCRAM-SHA-512" },
    };

    public LocalKafkaBroker Broker => _broker!;

    /// <summary>Everything that was logged.</summary>
    public IReadOnlyCollection<string> Log => _log.Lines;

    public static LocalKafkaOptions Options() => new()
    {
        AdditionalListeners = [new(SecurityProtocol.Ssl), new(SecurityProtocol.SaslPlaintext), new(SecurityProtocol.SaslSsl)],
        Security = new SecurityOptions { Users = new Dictionary<string, string> { [User] = Password } },
    };

    public async ValueTask InitializeAsync()
    {
        var options = Options();
        options.LoggerFactory = _log;
        _broker = await LocalKafkaBroker.StartAsync(options, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
    }

    /// <summary>The settings of a client, in librdkafka's names.</summary>
    public Dictionary<string, string> Settings(SecurityProtocol protocol, string? mechanism, string user = User, string password = Password)
    {
        var settings = new Dictionary<string, string>
        {
            ["bootstrap.servers"] = Broker.BootstrapServersOf(protocol),
            ["security.protocol"] = NameOf(protocol),
        };
        if (protocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl)
            settings["ssl.ca.location"] = Broker.CertificateFile;
        if (mechanism is not null)
            (settings["sasl.mechanism"], settings["sasl.username"], settings["sasl.password"]) = (mechanism, user, password);
        return settings;
    }

    public async Task<string> CreateTopicAsync()
    {
        var topic = $"secure-{Guid.NewGuid():N}";
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Broker.BootstrapServers }).Build();
        await admin.CreateTopicsAsync([new() { Name = topic, NumPartitions = 2, ReplicationFactor = 1 }]);
        return topic;
    }

    public static string NameOf(SecurityProtocol protocol) => EventSourcing.LocalKafka.Security.ListenerSettings.NameOf(protocol);

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = new();

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
