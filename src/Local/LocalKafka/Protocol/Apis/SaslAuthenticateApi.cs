using EventSourcing.LocalKafka.Security;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 36: the messages of the SASL mechanism. Wrong credentials are answered late, and the connection ends.</summary>
internal sealed class SaslAuthenticateApi(TimeProvider time, ILogger logger) : KafkaApi
{
    private const long NoReauthentication = 0;

    public override ApiKey Key => ApiKey.SaslAuthenticate;

    public override VersionRange Versions { get; } = new(0, 2, FirstFlexible: 2);

    public override async ValueTask HandleAsync(KafkaRequest request, CancellationToken stop)
    {
        var message = request.Body.ReadBytes();
        byte[]? answer;
        try
        {
            answer = request.Session.Answer(message.Span);
        }
        catch (SaslException exception)
        {
            Log.AuthenticationFailed(logger, request.ClientHost, exception.Message);
            await Task.Delay(request.Session.Users!.FailedAuthenticationDelay, time, stop);
            request.ClosesConnection = true;
            Write(request, ErrorCode.SaslAuthenticationFailed, exception.Message, []);
            return;
        }
        if (answer is null)
            Write(request, ErrorCode.IllegalSaslState, "SaslAuthenticate was not expected here: it follows a SaslHandshake, on a listener with SASL.", []);
        else
            Write(request, ErrorCode.None, null, answer);
        request.ClosesConnection = answer is null;
    }

    private static void Write(KafkaRequest request, ErrorCode error, string? message, byte[] answer)
    {
        var response = request.Response;
        response.WriteError(error);
        response.WriteNullableString(message);
        response.WriteBytes(answer);
        if (request.Version >= 1)
            response.WriteInt64(NoReauthentication);
        response.WriteTags();
    }
}
