using System.Security.Cryptography;
using System.Text;
using EventSourcing.Firehose.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Firehose.Streaming;

/// <summary><c>GET /feed</c>, Server-Sent Events, and <c>POST /feed/committed</c>, where its reader says how far it has them.</summary>
internal sealed class FeedEndpoints(PostStream stream, IOptions<FirehoseOptions> options)
{
    public IResult Get(HttpRequest request, CancellationToken stop) => IsAllowed(request)
        ? TypedResults.ServerSentEvents(stream.ReadAsync(request.Headers["Last-Event-ID"], stop))
        : TypedResults.Problem("The stream wants its bearer token.", statusCode: StatusCodes.Status401Unauthorized);

    public IResult Commit(HttpRequest request, CommittedCursor committed)
    {
        if (!IsAllowed(request))
            return TypedResults.Problem("The stream wants its bearer token.", statusCode: StatusCodes.Status401Unauthorized);
        return stream.Commit(committed.Cursor)
            ? TypedResults.NoContent()
            : TypedResults.Problem("That was never sent.", statusCode: StatusCodes.Status422UnprocessableEntity);
    }

    private bool IsAllowed(HttpRequest request) => string.IsNullOrEmpty(options.Value.StreamToken)
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()), Encoding.UTF8.GetBytes($"Bearer {options.Value.StreamToken}"));
}

/// <summary>How far a reader of the stream has it in its keeping.</summary>
/// <param name="Cursor">The id of an event.</param>
internal sealed record CommittedCursor(string? Cursor);
