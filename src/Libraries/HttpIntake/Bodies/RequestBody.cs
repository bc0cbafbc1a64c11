using System.Buffers;
using System.Threading.RateLimiting;
using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>A request's body, read whole but never beyond the limit, its bytes counted against the budget until disposed.</summary>
public sealed class RequestBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;
    private readonly RateLimitLease? _lease;
    private byte[] _buffer = [];
    private int _length;

    private RequestBody(RateLimitLease? lease, Rejection? refusal) => (_lease, Refusal) = (lease, refusal);

    /// <summary>Why there is no body; null when there is one.</summary>
    public Rejection? Refusal { get; private set; }

    /// <summary>The body; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>Reads a body; a refusal is part of the answer, not an exception.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">Largest body, bytes.</param>
    /// <param name="budget">What the bodies of all requests count against; null when the number of requests is bounded otherwise.</param>
    /// <param name="retryAfter">What a sender is told that finds the budget used up.</param>
    /// <param name="stop">The client has gone.</param>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public static async ValueTask<RequestBody> ReadAsync(
        HttpRequest request, int limit, BodyBudget? budget, TimeSpan retryAfter, CancellationToken stop)
    {
        if (request.ContentLength > limit)
            return new RequestBody(null, IntakeRefusals.BodyTooLarge(limit));

        var lease = budget?.AcquireBody((int)(request.ContentLength ?? limit));
        var body = new RequestBody(lease, lease is { IsAcquired: false } ? IntakeRefusals.Busy("Too many bytes are being received.", retryAfter) : null);
        try
        {
            if (body.Refusal is null)
                await body.FillAsync(request, limit, stop);
            return body;
        }
        catch
        {
            body.Dispose(); // the client has gone: nobody else would give its share of the budget back
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
        _lease?.Dispose();
    }

    private async ValueTask FillAsync(HttpRequest request, int limit, CancellationToken stop)
    {
        try
        {
            Resize((int)Math.Min(limit, request.ContentLength ?? FirstBuffer) + 1);
            int read;
            while ((read = await request.Body.ReadAsync(_buffer.AsMemory(_length), stop)) > 0)
            {
                _length += read;
                if (_length > limit)
                    Refusal = IntakeRefusals.BodyTooLarge(limit);
                if (Refusal is not null)
                    return;
                if (_length == _buffer.Length)
                    Resize(Math.Min(_buffer.Length * 2, limit + 1));
            }
        }
        catch (BadHttpRequestException defect)
        {
            Refusal = defect.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => IntakeRefusals.BodyTooLarge(limit),
                StatusCodes.Status408RequestTimeout => IntakeRefusals.SlowBody(),
                _ => IntakeRefusals.BrokenBody(defect.Message),
            };
        }
    }

    private void Resize(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
