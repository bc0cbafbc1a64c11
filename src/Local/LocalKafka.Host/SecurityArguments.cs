using System.CommandLine;

namespace EventSourcing.LocalKafka.Host;

/// <summary>The part of the command line that is about secure listeners. Passwords are not among it: a process list shows them.</summary>
internal sealed class SecurityArguments
{
    private readonly Option<string> _protocol = new("--security-protocol") { Description = "What the listener on --port asks of its clients: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.", DefaultValueFactory = _ => "PLAINTEXT" };
    private readonly Option<string[]> _listeners = new("--listener") { Description = "PROTOCOL:PORT[=HOST:PORT] of a further listener, with what clients are told to connect to; may be repeated." };
    private readonly Option<string?> _certificate = new("--tls-certificate") { Description = "PEM file of the certificate; without it a self-signed one is made in the data folder." };
    private readonly Option<string?> _key = new("--tls-key") { Description = "PEM file of the certificate's key, when it is not in the same file." };
    private readonly Option<string?> _users = new("--users-file") { Description = "File with a line user:password for each user of SASL." };
    private readonly Option<string[]> _mechanisms = new("--sasl-mechanism") { Description = "PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; may be repeated; all without it." };

    public void AddTo(RootCommand command)
    {
        foreach (var option in new Option[] { _protocol, _listeners, _certificate, _key, _users, _mechanisms })
            command.Options.Add(option);
        _protocol.Validators.Add(result =>
        {
            if (ListenerArgument.ProtocolOf(result.GetValueOrDefault<string>()) is null)
                result.AddError("--security-protocol needs PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL.");
        });
        _listeners.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => ListenerArgument.Parse(token.Value) is null))
                result.AddError("--listener needs PROTOCOL:PORT or PROTOCOL:PORT=HOST:PORT, for instance SASL_SSL:9093=broker.example.com:9093.");
        });
    }

    public void Apply(ParseResult parsed, LocalKafkaOptions options)
    {
        options.SecurityProtocol = ListenerArgument.ProtocolOf(parsed.GetValue(_protocol))!.Value;
        options.AdditionalListeners = [.. (parsed.GetValue(_listeners) ?? []).Select(text => ListenerArgument.Parse(text)!)];
        options.Security.CertificateFile = parsed.GetValue(_certificate);
        options.Security.CertificateKeyFile = parsed.GetValue(_key);
        options.Security.UsersFile = parsed.GetValue(_users);
        if (parsed.GetValue(_mechanisms) is { Length: > 0 } mechanisms)
            options.Security.SaslMechanisms = mechanisms;
    }
}
