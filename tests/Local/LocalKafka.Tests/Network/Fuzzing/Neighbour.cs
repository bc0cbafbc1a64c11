using EventSourcing.LocalKafka.Tests.Clients;

namespace EventSourcing.LocalKafka.Tests.Network.Fuzzing;

/// <summary>A client that behaves, and goes on producing to a topic of its own while others do not.</summary>
internal sealed class Neighbour(string servers) : IAsyncDisposable
{
    private const string Topic = "neighbour";
    private readonly CancellationTokenSource _enough = new();
    private Task<int> _producing = Task.FromResult(0);

    public static async Task<Neighbour> StartAsync(string servers)
    {
        await TestClient.CreateTopicAsync(servers, Topic);
        var neighbour = new Neighbour(servers);
        neighbour._producing = Task.Run(neighbour.ProduceAsync);
        return neighbour;
    }

    /// <summary>Stops producing; everything that was acknowledged must be there once and in order. Returns how much that was.</summary>
    public async Task<int> CheckAsync()
    {
        await _enough.CancelAsync();
        var produced = await _producing;
        Assert.Equal(
            Enumerable.Range(0, produced).Select(number => $"{number}"),
            TestClient.ReadAll(servers, Topic).Select(record => record.Message.Value));
        return produced;
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _producing;
        _enough.Dispose();
    }

    private async Task<int> ProduceAsync()
    {
        using var producer = TestClient.Producer(servers);
        var produced = 0;
        while (!_enough.IsCancellationRequested)
            await producer.ProduceAsync(Topic, new() { Key = "k", Value = $"{produced++}" }, CancellationToken.None);
        return produced;
    }
}
