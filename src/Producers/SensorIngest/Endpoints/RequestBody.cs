using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Endpoints;

/// <summary>Reads a request's body whole, but never beyond the limit.</summary>
internal static class RequestBody
{
    private const int FirstBuffer = 4_096;

    /// <summary>The body, or why there is none.</summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public static async ValueTask<(byte[] Bytes, Rejection? Refusal)> ReadAsync(HttpRequest request, int limit, CancellationToken stop)
    {
        if (request.ContentLength > limit)
            return ([], Rejection.TooLarge(request.ContentLength.Value, limit));
        var buffer = new byte[(int)Math.Min(limit, request.ContentLength ?? FirstBuffer) + 1];
        var length = 0;
        try
        {
            while (await request.Body.ReadAsync(buffer.AsMemory(length), stop) is > 0 and var read)
            {
                length += read;
                if (length > limit)
                    return ([], Rejection.TooLarge(length, limit));
                if (length == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, limit + 1L));
            }
        }
        catch (BadHttpRequestException broken)
        {
            return ([], Intake.Refusals.Malformed(broken.Message));
        }

        Array.Resize(ref buffer, length);
        return (buffer, null);
    }
}
