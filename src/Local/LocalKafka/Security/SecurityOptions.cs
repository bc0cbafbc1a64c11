namespace EventSourcing.LocalKafka;

/// <summary>The certificate and the users of a broker's secure listeners; without such a listener nothing of this is looked at.</summary>
public sealed record SecurityOptions
{
    /// <summary>
    /// PEM file of the certificate, followed by those that vouch for it. Null, the default, makes a self-signed one for <c>localhost</c>, the addresses and the names
    /// of this machine, and keeps it as <c>tls/broker.pem</c> in the data folder: clients trust that file.
    /// </summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file of the certificate's private key; null when it is in <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>Passwords by user name. Only salted hashes of them are kept while the broker runs.</summary>
    public IReadOnlyDictionary<string, string> Users { get; set; } = new Dictionary<string, string>();

    /// <summary>File of further users, a line <c>user:password</c> each; empty lines and those that begin with <c>#</c> are passed over. Read at every start. Null for none.</summary>
    public string? UsersFile { get; set; }

    /// <summary>Mechanisms that clients may use: <c>PLAIN</c>, <c>SCRAM-SHA-256</c>, <c>SCRAM-SHA-512</c>; all by default (Kafka: <c>sasl.enabled.mechanisms</c>).</summary>
    public IReadOnlyList<string> SaslMechanisms { get; set; } = ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"];

    /// <summary>
    /// How long the answer to wrong credentials is held back before the connection is closed, 0 to 10 s; 100 ms by default, as in Kafka
    /// (<c>connection.failed.authentication.delay.ms</c>).
    /// </summary>
    public TimeSpan FailedAuthenticationDelay { get; set; } = TimeSpan.FromMilliseconds(100);
}
