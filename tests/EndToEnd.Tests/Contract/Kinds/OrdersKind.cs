using System.Collections.Concurrent;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>The microservice with an outbox: odd samples place an order, even ones cancel it.</summary>
public sealed class OrdersKind(DistributedApplication app) : ProducerKind(app)
{
    private readonly ConcurrentDictionary<string, string> _placed = [];
    private readonly HttpClient _http = app.CreateHttpClient("orders", "http");

    public override string Resource => "orders";

    public override string Topic => "orders";

    public override string EventType => "io.eventsourcing.order.placed.v1";

    public override bool BuriesMalformed => false;

    public override IReadOnlyDictionary<string, string> NotApplicable { get; } = new Dictionary<string, string>
    {
        [ContractCases.Unauthorised] = "the service has no users of its own: authentication stands in front of it",
    };

    protected override async Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop)
    {
        var places = sample.Number % 2 == 1;
        using var request = places ? OrderRequests.Place(sample) : OrderRequests.Cancel(sample, _placed[sample.Key]);
        return await HttpAnswers.SendAsync(_http, request, stop, response =>
        {
            if (places)
                _placed[sample.Key] = OrderRequests.IdOf(response);
        });
    }

    public override string KeyOf(Sample sample) => _placed[sample.Key];

    public override void AssertData(Sample sample, JsonElement data) => Assert.Equal(sample.Token, data.GetProperty("customerId").GetString());

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}
