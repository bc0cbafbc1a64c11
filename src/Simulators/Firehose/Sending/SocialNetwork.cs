using System.Text.Json;
using EventSourcing.Firehose.Options;
using EventSourcing.Firehose.Posts;
using EventSourcing.Firehose.Telemetry;
using EventSourcing.Receipts;
using EventSourcing.Simulation;

namespace EventSourcing.Firehose.Sending;

/// <summary>
/// One network: calls the webhook with one request at a time, in the order of its posts, again until it has an answer, marked when it may have been taken
/// before, and books every answer.
/// </summary>
internal sealed class SocialNetwork(
    string name, PostGenerator generator, PostRequests requests, HttpClient http, SourceReceipts receipts, Quota quota, Pace pace,
    FirehoseOptions options, FirehoseTelemetry telemetry, TimeProvider time, ILogger logger)
{
    private const int SmallBytes = 64 * 1024;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly Random _chance = new(options.Seed);
    private GeneratedPost? _ahead;
    private long _made;

    /// <summary>Posts until the end or the end of the quota; then waits for the last answer until <paramref name="giveUp"/>.</summary>
    public async Task RunAsync(CancellationToken end, CancellationToken giveUp)
    {
        while (!end.IsCancellationRequested)
        {
            var posts = Next();
            if (posts.Count == 0)
                return;
            await SendAsync(posts, giveUp);
            await pace.TakeAsync(posts.Count, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<GeneratedPost> Next()
    {
        var first = _ahead ?? generator.Make(_made + 1);
        _ahead = null;
        if (quota.Take(1) == 0)
            return [];
        _made++;
        List<GeneratedPost> posts = [first];
        for (var wanted = first.Shape == PostShape.Batch ? _chance.Next(1, options.MaxBatch + 1) : 1; posts.Count < wanted; _made++)
        {
            _ahead = generator.Make(_made + 1);
            if (_ahead.Data.Length > SmallBytes || _ahead.Corruption == Corruption.WrongKey || quota.Take(1) == 0)
                break;
            posts.Add(_ahead);
            _ahead = null;
        }

        return posts;
    }

    private async Task SendAsync(List<GeneratedPost> posts, CancellationToken giveUp)
    {
        var (left, mayBeCopy, delay) = (posts, false, FirstDelay);
        while (left.Count > 0 && !giveUp.IsCancellationRequested)
        {
            var answers = await TryAsync(left, mayBeCopy, giveUp);
            var again = new List<GeneratedPost>();
            for (var i = 0; i < left.Count; i++)
            {
                if (answers[i].Kind is AnswerKind.NotTaken or AnswerKind.Unknown)
                    again.Add(left[i]);
                else
                    Note(left[i], answers[i]);
            }

            mayBeCopy |= answers.Any(static answer => answer.Kind == AnswerKind.Unknown);
            left = again;
            if (left.Count == 0)
                return;
            var wait = answers.Max(static answer => answer.RetryAfter);
            await Task.Delay(wait > delay ? wait : delay, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }

        foreach (var post in left)
            receipts.Unanswered(post.Number);
    }

    private async Task<WebhookAnswer[]> TryAsync(List<GeneratedPost> posts, bool mayBeCopy, CancellationToken giveUp)
    {
        using var trace = telemetry.StartSend();
        try
        {
            using var request = await requests.CreateAsync(posts, mayBeCopy, FirehoseTelemetry.TraceParentOf(trace), giveUp);
            using var response = await http.SendAsync(request, giveUp);
            var answers = await WebhookAnswer.ReadAsync(response, posts.Count, giveUp);
            if (answers.Length == posts.Count)
                return answers;
            throw new JsonException($"{answers.Length} verdicts for {posts.Count} posts");
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            if (!mayBeCopy && !giveUp.IsCancellationRequested)
                Log.Away(logger, name, failed.GetBaseException().Message);
            return [.. Enumerable.Repeat(new WebhookAnswer(AnswerKind.Unknown), posts.Count)];
        }
    }

    private void Note(GeneratedPost post, WebhookAnswer answer)
    {
        var isRefused = answer.Kind == AnswerKind.Rejected;
        if (isRefused != (post.Corruption != Corruption.None))
            Log.Unexpected(logger, name, post.Number, isRefused ? "taken" : "refused", answer.Kind.ToString(), answer.Detail);
        telemetry.Answered("http", answer.Kind);
        switch (answer.Kind)
        {
            case AnswerKind.Stored: receipts.Stored(post.Number); break;
            case AnswerKind.Spooled: receipts.Spooled(post.Number); break;
            case AnswerKind.Queued: receipts.Queued(post.Number); break;
            default: receipts.Rejected(post.Number); break;
        }
    }
}
