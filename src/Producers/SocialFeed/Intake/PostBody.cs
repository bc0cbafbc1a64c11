using System.Buffers;
using System.Threading.RateLimiting;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Payloads;
using EventSourcing.SocialFeed.Webhooks;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>
/// The body of a post in binary mode or plain: in memory as long as it could be an event's data, beyond that on its way into the payload store. Signature
/// and UTF-8 are looked at while the bytes pass by, once.
/// </summary>
internal sealed class PostBody : IAsyncDisposable
{
    /// <summary>Bytes of a body that are held in memory.</summary>
    public const int InMemoryBytes = 64 * 1024;

    private readonly RateLimitLease _lease;
    private readonly Utf8Check _text = new();
    private byte[] _buffer = [];
    private int _length;

    private PostBody(RateLimitLease lease) => _lease = lease;

    /// <summary>Why there is no body; null when there is one.</summary>
    public Rejection? Refusal { get; private set; }

    /// <summary>The body when it is small; valid until disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    /// <summary>The body when it is large, and whether it is text.</summary>
    public PostContent Content => new(Upload, _text.IsValid);

    private PayloadUpload? Upload { get; set; }

    /// <summary>Reads a body; a refusal is part of the answer, not an exception.</summary>
    /// <exception cref="OperationCanceledException">The sender has gone.</exception>
    public static async ValueTask<PostBody> ReadAsync(
        HttpRequest request, WebhookSignature signature, PayloadStore store, BodyBudget budget, CancellationToken stop)
    {
        var body = new PostBody(budget.AcquireBody((int)Math.Min(request.ContentLength ?? InMemoryBytes, InMemoryBytes)));
        try
        {
            if (!body._lease.IsAcquired)
                body.Refusal = IntakeRefusals.Busy("Too many bytes are being received.", store.RetryAfter);
            else if (request.ContentLength > store.MaxPayloadBytes)
                body.Refusal = PayloadRefusals.TooLarge(store.MaxPayloadBytes).Refusal;
            else
                await body.FillAsync(request, signature, store, stop);
            return body;
        }
        catch
        {
            await body.DisposeAsync(); // the sender has gone: nobody else would give back what it held
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
        if (Upload is { } upload)
            await upload.DisposeAsync();
        Upload = null;
        _lease.Dispose();
    }

    private async ValueTask FillAsync(HttpRequest request, WebhookSignature signature, PayloadStore store, CancellationToken stop)
    {
        try
        {
            _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? InMemoryBytes, InMemoryBytes) + 1);
            int read;
            while ((read = await request.Body.ReadAsync(_buffer.AsMemory(_length), stop)) > 0)
            {
                signature.Append(_buffer.AsSpan(_length, read));
                _text.Append(_buffer.AsSpan(_length, read));
                _length += read;
                if (_length == _buffer.Length)
                    await SpillAsync(store, stop);
            }

            if (Upload is not null)
                await SpillAsync(store, stop);
        }
        catch (PayloadRefusedException refused)
        {
            Refusal = refused.Refusal;
        }
        catch (BadHttpRequestException defect)
        {
            Refusal = defect.StatusCode == StatusCodes.Status408RequestTimeout ? IntakeRefusals.SlowBody() : IntakeRefusals.BrokenBody(defect.Message);
        }
    }

    private async ValueTask SpillAsync(PayloadStore store, CancellationToken stop)
    {
        Upload ??= store.Begin();
        await Upload.WriteAsync(_buffer.AsMemory(0, _length), stop);
        _length = 0;
    }
}
