using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>Reads spans from the dashboard's telemetry API.</summary>
public sealed class TelemetryProbe(DistributedApplication app)
{
    /// <summary>Spans the dashboard has now, by trace: at most ten thousand, of more it leaves some out.</summary>
    public async Task<ILookup<string, SpanSeen>> TracesAsync(CancellationToken stop) => (await SpansAsync("limit=10000", stop)).ToLookup(span => span.TraceId);

    /// <summary>The services with spans of that trace.</summary>
    public async Task<string> ServicesOfAsync(string traceId, CancellationToken stop) =>
        string.Join(' ', (await SpansAsync($"traceId={traceId}", stop)).Select(span => span.Service).Distinct());

    private async Task<IEnumerable<SpanSeen>> SpansAsync(string query, CancellationToken stop)
    {
        using var http = app.CreateHttpClient("aspire-dashboard", "http");
        var answer = await http.GetFromJsonAsync<JsonElement>($"api/telemetry/spans?{query}", stop);
        return Spans(answer.GetProperty("data"));
    }

    // OTLP's JSON: resourceSpans > scopeSpans > spans.
    private static IEnumerable<SpanSeen> Spans(JsonElement data) =>
        from resource in data.GetProperty("resourceSpans").EnumerateArray()
        let service = ServiceName(resource.GetProperty("resource"))
        from scope in resource.GetProperty("scopeSpans").EnumerateArray()
        from span in scope.GetProperty("spans").EnumerateArray()
        select new SpanSeen(span.GetProperty("traceId").GetString()!, service, span.GetProperty("name").GetString()!);

    private static string ServiceName(JsonElement resource) =>
        resource.GetProperty("attributes").EnumerateArray()
            .First(attribute => attribute.GetProperty("key").GetString() == "service.name")
            .GetProperty("value").GetProperty("stringValue").GetString()!;
}

/// <summary>A span as the dashboard has it.</summary>
public sealed record SpanSeen(string TraceId, string Service, string Name);
