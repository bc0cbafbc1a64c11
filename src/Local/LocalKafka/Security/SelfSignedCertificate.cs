using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EventSourcing.LocalKafka.Security;

/// <summary>A certificate that vouches for itself, under every name and address by which the broker may be reached.</summary>
internal static class SelfSignedCertificate
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3_650);
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    public static X509Certificate2 Create(ECDsa key, IReadOnlyCollection<string> hosts, DateTimeOffset now)
    {
        var request = new CertificateRequest("CN=LocalKafka", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuthentication], critical: false));
        request.CertificateExtensions.Add(NamesOf(hosts));
        return request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
    }

    private static X509Extension NamesOf(IReadOnlyCollection<string> hosts)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
            if (IPAddress.TryParse(host, out var address))
                names.AddIpAddress(address);
            else
                names.AddDnsName(host);
        return names.Build();
    }
}
