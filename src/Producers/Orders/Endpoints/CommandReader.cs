using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.Orders.Contracts;
using EventSourcing.Orders.Options;
using EventSourcing.Orders.State;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Endpoints;

/// <summary>Reads a command from its request: headers, body within its limit, rules. Bodies in memory are bounded by the number of requests.</summary>
internal sealed class CommandReader(IOptions<OrdersOptions> options)
{
    /// <summary>The command, or the answer why there is none.</summary>
    public async Task<(Command<T>? Command, IResult? Refusal)> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> shape, Func<T, string?> findDefect, CancellationToken stop)
        where T : class, IChannelCommand
    {
        if (IdempotencyKey.Read(request.Headers) is not { } key)
            return (null, Problems.KeyMissing());
        if (!VersionTags.TryReadIfMatch(request.Headers, out var expected))
            return (null, Problems.MalformedPrecondition());
        if (!RequestContent.IsPlainUtf8(request, out var mediaType) || mediaType != JsonData.ContentType)
            return Refuse<T>(IntakeRefusals.UnsupportedContentType(request.ContentType, $"{JsonData.ContentType} in UTF-8 and not compressed"));

        using var body = await RequestBody.ReadAsync(request, options.Value.MaxBodyBytes, budget: null, options.Value.RetryAfter, stop);
        if (body.Refusal is not null)
            return Refuse<T>(body.Refusal);
        if (JsonShape.Read(body.Bytes.Span, OrdersJson.MaxDepth, out _) is { } malformed)
            return Refuse<T>(malformed);
        var (command, defect) = Parse(body.Bytes.Span, shape, findDefect);
        return command is null
            ? Refuse<T>(IntakeRefusals.InvalidData(defect!))
            : (new Command<T>(key, Fingerprint(request, body.Bytes.Span), expected, command), null);
    }

    private static (T? Command, string? Defect) Parse<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> shape, Func<T, string?> findDefect)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(body, shape) is not { } command)
                return (null, "The body must be a JSON object, not null.");
            return findDefect(command) is { } defect ? (null, defect) : (command, null);
        }
        catch (Exception defect) when (defect is JsonException or InvalidOperationException) // the latter: a string that is no text
        {
            return (null, defect.Message);
        }
    }

    private static (Command<T>?, IResult?) Refuse<T>(Rejection refusal)
        where T : IChannelCommand => (null, new RefusalResult(refusal));

    private static byte[] Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path} {request.Headers.IfMatch}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
