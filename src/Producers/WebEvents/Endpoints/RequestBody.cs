using System.Buffers;
using System.Threading.RateLimiting;
using EventSourcing.EventBackbone;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.Options;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary>A request's body, read whole but never beyond the limit, its bytes counted against the budget until disposed.</summary>
internal sealed class RequestBody : IDisposable
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
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public static async ValueTask<RequestBody> ReadAsync(
        HttpRequest request, IngressBudget budget, CollectorOptions options, CancellationToken stop)
    {
        if (request.ContentLength > options.MaxBodyBytes)
            return new RequestBody(null, Refusals.BodyTooLarge(options.MaxBodyBytes));

        var expected = (int)(request.ContentLength ?? options.MaxBodyBytes);
        var lease = budget.AcquireBody(expected);
        var body = new RequestBody(lease, lease.IsAcquired ? null : Refusals.Busy("Too many bytes are being received.", options.RetryAfter));
        if (body.Refusal is null)
            await body.FillAsync(request, options.MaxBodyBytes, stop);
        return body;
    }

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
                    Refusal = Refusals.BodyTooLarge(limit);
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
                StatusCodes.Status413PayloadTooLarge => Refusals.BodyTooLarge(limit),
                StatusCodes.Status408RequestTimeout => Refusals.SlowBody(),
                _ => Refusals.BrokenBody(defect.Message),
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
