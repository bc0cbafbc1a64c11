using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// The certificate of one DCP API server, made here because DCP makes an RSA-4096 key of its own otherwise, which takes seconds.
/// The client trusts this certificate and no other.
/// </summary>
internal sealed class DcpCertificate : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly string _key;

    public DcpCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        _key = key.ExportPkcs8PrivateKeyPem();
    }

    public void WriteTo(string certificateFile, string keyFile)
    {
        WriteSecret(certificateFile, _certificate.ExportCertificatePem());
        WriteSecret(keyFile, _key);
    }

    public bool IsPresented(X509Certificate? certificate) =>
        certificate is not null && CryptographicOperations.FixedTimeEquals(certificate.GetRawCertData(), _certificate.RawDataMemory.Span);

    public void Dispose() => _certificate.Dispose();

    private static void WriteSecret(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}
