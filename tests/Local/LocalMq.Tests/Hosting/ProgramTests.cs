using EventSourcing.TestKit;

namespace EventSourcing.LocalMq.Tests.Hosting;

/// <summary>The program's surface beside AMQP.</summary>
public sealed class ProgramTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Health_IsServed_OnItsPort()
    {
        var port = FreePort.Next();
        await using var broker = new BrokerProcess();
        await broker.StartAsync("--health-port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        var health = "";
        await Eventually.SucceedsAsync<HttpRequestException>(async stop => health = await http.GetStringAsync("/health", stop), "health is served", stop: Stop);

        Assert.Equal("Healthy", health);
    }

    [Fact]
    public async Task SecondBroker_OnTheSameFolder_IsRefused()
    {
        using var folder = new TempFolder("mq");
        await using var first = await LocalMqBroker.StartAsync(new LocalMqOptions { DataDirectory = folder.Path }, stop: Stop);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => LocalMqBroker.StartAsync(new LocalMqOptions { DataDirectory = folder.Path }, stop: Stop));

        Assert.Contains(folder.Path, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakenPort_IsRefused()
    {
        await using var first = await LocalMqBroker.StartAsync(stop: Stop);

        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => LocalMqBroker.StartAsync(new LocalMqOptions { Port = first.Port }, stop: Stop));
    }
}
