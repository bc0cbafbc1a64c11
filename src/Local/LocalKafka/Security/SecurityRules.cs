namespace EventSourcing.LocalKafka.Security;

/// <summary>What must hold of the options of secure listeners.</summary>
internal static class SecurityRules
{
    private static readonly string[] Mechanisms = ["PLAIN", ScramMechanism.Sha256.Name, ScramMechanism.Sha512.Name];
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    public static void Check(LocalKafkaOptions options, Action<bool, string> check)
    {
        var (security, listeners) = (options.Security, options.AdditionalListeners);
        foreach (var listener in listeners)
        {
            check(listener.Port is >= 0 and <= 65_535, $"{nameof(options.AdditionalListeners)}: Port must be 0 to 65535, not {listener.Port}.");
            check(listener.AdvertisedPort is >= 0 and <= 65_535, $"{nameof(options.AdditionalListeners)}: AdvertisedPort must be 0 to 65535, not {listener.AdvertisedPort}.");
        }
        var protocols = listeners.Select(listener => listener.SecurityProtocol).Append(options.SecurityProtocol).ToArray();
        check(protocols.Distinct().Count() == protocols.Length, $"{nameof(options.AdditionalListeners)}: each listener needs a SecurityProtocol of its own; the first has {options.SecurityProtocol}.");
        check(security.CertificateFile is not null || security.CertificateKeyFile is null, $"{nameof(security.CertificateKeyFile)} needs a {nameof(security.CertificateFile)}.");
        check(security.SaslMechanisms.Count > 0 && security.SaslMechanisms.All(Mechanisms.Contains), $"{nameof(security.SaslMechanisms)} must be some of {string.Join(", ", Mechanisms)}.");
        check(security.FailedAuthenticationDelay >= TimeSpan.Zero && security.FailedAuthenticationDelay <= LongestDelay, $"{nameof(security.FailedAuthenticationDelay)} must be 0 to 10 s.");
        check(security.Users.All(user => user.Key.Length > 0 && user.Value.Length > 0), $"{nameof(security.Users)}: neither a name nor a password may be empty.");
    }
}
