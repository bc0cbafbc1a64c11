using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EventSourcing.MobileBff.Tests.Support;

/// <summary>Answers, read.</summary>
internal static class Json
{
    public static string[] Statuses(this JsonArray verdicts) => [.. verdicts.Select(verdict => verdict!["status"]!.GetValue<string>())];

    public static string? Text(this JsonNode? node, string name) => node?[name]?.GetValue<string>();

    /// <summary>The <c>type</c> of the ProblemDetails without its prefix; fails when the answer is none, or says nothing.</summary>
    public static async Task<string> ProblemAsync(this HttpResponseMessage response, CancellationToken stop)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(stop))!;
        Assert.Equal((int)response.StatusCode, problem["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(problem.Text("detail")));
        return problem.Text("type")!.Replace("urn:eventsourcing:", "", StringComparison.Ordinal);
    }
}
