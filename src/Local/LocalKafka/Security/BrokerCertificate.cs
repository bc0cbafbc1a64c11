using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EventSourcing.LocalKafka.Security;

/// <summary>The broker's certificate: the one of the options, or a self-signed one that is kept in the data folder.</summary>
internal static class BrokerCertificate
{
    public const string FileName = "broker.pem";

    private const string KeyFileName = "broker.key";
    private const string FolderName = "tls";
    private static readonly TimeSpan LeastRemaining = TimeSpan.FromDays(30);

    /// <summary>Where the certificate is that clients have to trust.</summary>
    public static string PathOf(SecurityOptions options, string dataDirectory) =>
        Path.GetFullPath(options.CertificateFile ?? Path.Combine(dataDirectory, FolderName, FileName));

    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">A file holds no certificate, or no key that belongs to it.</exception>
    public static SslStreamCertificateContext Load(SecurityOptions options, string dataDirectory, IReadOnlyCollection<string> hosts, TimeProvider time)
    {
        if (options.CertificateFile is { } file)
            return Read(file, options.CertificateKeyFile ?? file);
        var folder = Directory.CreateDirectory(Path.Combine(dataDirectory, FolderName)).FullName;
        var (certificate, key) = (Path.Combine(folder, FileName), Path.Combine(folder, KeyFileName));
        if (!File.Exists(certificate) || !File.Exists(key) || !IsGood(certificate, hosts, time))
            Create(certificate, key, hosts, time);
        return Read(certificate, key);
    }

    private static SslStreamCertificateContext Read(string file, string keyFile)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPemFile(file, keyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(file);
            // A key read from PEM serves TLS on Linux only; one that went through PKCS#12 does so everywhere.
            var usable = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
            return SslStreamCertificateContext.Create(usable, chain, offline: true);
        }
        catch (CryptographicException exception)
        {
            throw new InvalidDataException($"{file} and {keyFile} are no certificate with its key in PEM: {exception.Message}", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"{exception.Message} Let the broker read its certificate and key.", exception);
        }
    }

    private static bool IsGood(string file, IReadOnlyCollection<string> hosts, TimeProvider time)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(file);
            return certificate.NotAfter.ToUniversalTime() > time.GetUtcNow().UtcDateTime + LeastRemaining && hosts.All(host => certificate.MatchesHostname(host));
        }
        catch (CryptographicException)
        {
            return false;                                     // torn by a crash: it is made anew
        }
    }

    private static void Create(string certificatePath, string keyPath, IReadOnlyCollection<string> hosts, TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = SelfSignedCertificate.Create(key, hosts, time.GetUtcNow());
        Write(keyPath, key.ExportPkcs8PrivateKeyPem());
        Write(certificatePath, certificate.ExportCertificatePem());
    }

    // The key is for its owner only; the certificate comes last, so that one without its key is never found.
    private static void Write(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(pem + "\n");
    }
}
