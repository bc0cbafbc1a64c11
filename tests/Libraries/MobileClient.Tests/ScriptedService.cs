using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace EventSourcing.MobileClient.Tests;

/// <summary>A service that answers as the test says, and keeps what it was sent.</summary>
internal sealed class ScriptedService : HttpMessageHandler, IDeviceTokenSource
{
    private readonly Lock _gate = new();
    private readonly List<string> _bodies = [];
    private readonly List<bool> _tokenRequests = [];

    /// <summary>Answers the request with this index and body.</summary>
    public Func<int, string, HttpResponseMessage> Answer { get; set; } = static (_, body) => Verdicts(CountOf(body));

    public IReadOnlyList<string> Bodies
    {
        get
        {
            lock (_gate)
                return [.. _bodies];
        }
    }

    /// <summary>For each request, whether the client said that its token was refused.</summary>
    public IReadOnlyList<bool> TokenRequests => _tokenRequests;

    public HttpRequestMessage? Last { get; private set; }

    /// <summary>The ids of a batch in order; <c>?</c> where a member has none.</summary>
    public static string[] IdsOf(string body) => [.. JsonNode.Parse(body)!.AsArray().Select(member => member?["id"]?.GetValue<string>() ?? "?")];

    public static HttpResponseMessage Verdicts(int count, string verdict = """{"status":"stored","topic":"t","partition":1,"offset":7}""") =>
        Json($"[{string.Join(',', Enumerable.Repeat(verdict, count))}]");

    public static HttpResponseMessage Json(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Refuse(HttpStatusCode status, int? retryAfter = null)
    {
        var response = new HttpResponseMessage(status);
        if (retryAfter is { } seconds)
            response.Headers.TryAddWithoutValidation("Retry-After", $"{seconds}");
        return response;
    }

    public ValueTask<string> GetAsync(bool wasRefused, CancellationToken stop)
    {
        _tokenRequests.Add(wasRefused);
        return ValueTask.FromResult("the-token");
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        int index;
        lock (_gate)
        {
            Last = request;
            index = _bodies.Count;
            _bodies.Add(body);
        }

        return Answer(index, body);
    }

    private static int CountOf(string body) => JsonNode.Parse(body)!.AsArray().Count;
}
