using System.Collections.Concurrent;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>The business process: an order placed begins an instance, whose first step is the sample's event.</summary>
public sealed class FulfillmentKind(DistributedApplication app) : ProducerKind(app)
{
    private readonly ConcurrentDictionary<string, Sample> _orders = [];
    private readonly HttpClient _http = app.CreateHttpClient("orders", "http");

    public override string Resource => "fulfillment";

    public override string Topic => "process-steps";

    public override string EventType => "io.eventsourcing.process.step.v1";

    public override bool TellsItsSender => false;

    public override IReadOnlyDictionary<string, string> NotApplicable { get; } = new Dictionary<string, string>
    {
        [ContractCases.TooLarge] = "its input is a topic, whose records are within the limits of their producers",
        [ContractCases.Unauthorised] = "who may write to the topic of orders is the broker's access list to say",
    };

    protected override async Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop)
    {
        if (sample.Flaw == Flaw.Malformed)
            return await SendGarbageAsync(sample, stop);
        using var request = OrderRequests.Place(sample);
        return await HttpAnswers.SendAsync(_http, request, stop, response => _orders[OrderRequests.IdOf(response)] = sample);
    }

    public override string KeyOf(Sample sample) => _orders.Single(order => order.Value.Token == sample.Token).Key;

    public override void AssertData(Sample sample, JsonElement data) => Assert.Equal("receive-order", data.GetProperty("step").GetString());

    public override int? NumberOf(string key, KcatRecord record) =>
        record.Key is { } id && record.Header("ce_bamptxsid") == "receive-order" && _orders.TryGetValue(id, out var sample) && sample.Key == key ? sample.Number : null;

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }

    private async Task<Answer> SendGarbageAsync(Sample sample, CancellationToken stop)
    {
        await Kcat.ProduceAsync((await App.GetConnectionStringAsync("kafka", stop))!, "orders", [$"{sample.Token}=no order {sample.Token}"], keyed: true, stop: stop);
        return Answer.Accepted;
    }
}
