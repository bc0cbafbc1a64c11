using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Security;

/// <summary>The broker's side of TLS.</summary>
internal sealed class TlsServer(SslStreamCertificateContext certificate, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly SslServerAuthenticationOptions _options = new()
    {
        ServerCertificateContext = certificate,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = false,
    };

    /// <summary>Opens TLS on a connection; null when the peer speaks something else, does not trust the certificate, or takes too long.</summary>
    public async Task<SslStream?> TryOpenAsync(Stream network, string peer, CancellationToken stop)
    {
        var stream = new SslStream(network, leaveInnerStreamOpen: true);
        using var deadline = new CancellationTokenSource(HandshakeTimeout, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            await stream.AuthenticateAsServerAsync(_options, ended.Token);
            return stream;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            if (!stop.IsCancellationRequested)
                Log.TlsFailed(logger, peer, exception.InnerException?.Message ?? exception.Message);
            await stream.DisposeAsync();
            return null;
        }
    }
}
