using System.Net.Http.Headers;
using System.Text;
using EventSourcing.Benchmarks.Brokers;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>A path whose sender speaks HTTP/1.1: a request per send, over as many connections as there are lanes.</summary>
internal abstract class HttpPath : IngressPath
{
    private HttpClient? _http;

    /// <summary>The service.</summary>
    protected abstract ServiceDefinition Definition { get; }

    public override Task StartAsync(BrokerUnderLoad broker, CancellationToken stop) => StartAsync(Definition, broker, stop);

    public override async Task SendAsync(int lane, int first, int count, CancellationToken stop)
    {
        using var request = Request(lane, first, count);
        await SendAsync(request, stop);
    }

    protected abstract HttpRequestMessage Request(int lane, int first, int count);

    protected async Task StartAsync(ServiceDefinition definition, BrokerUnderLoad broker, CancellationToken stop)
    {
        var service = await StartServiceAsync(definition, broker, stop);
        _http = new HttpClient { BaseAddress = service.Address };
        Own(new ClientEnd(_http));
    }

    /// <summary>Sends a request; an answer that refuses it, or one of its events, is an exception.</summary>
    protected async Task SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using var response = await _http!.SendAsync(request, stop);
        var answer = await response.Content.ReadAsByteArrayAsync(stop);
        if (!response.IsSuccessStatusCode || answer.AsSpan().IndexOf("\"rejected\""u8) >= 0)
        {
            throw new InvalidOperationException($"{request.RequestUri} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(answer)}");
        }
    }

    protected static HttpRequestMessage Post(string path, string contentType, byte[] body) => new(HttpMethod.Post, path)
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } },
    };
}
