using System.Collections.Concurrent;
using System.Text;
using EventSourcing.TestKit;

namespace EventSourcing.MobileClient.Tests;

/// <summary>A client with a folder, a service and the answers the app was told.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly TimeProvider? _time;
    private readonly List<MobileEventClient> _clients = [];

    public Rig(TimeProvider? time = null)
    {
        _time = time;
        _http = new HttpClient(Service) { BaseAddress = new Uri("http://bff.example/") };
    }

    public TempFolder Folder { get; } = new("mobile-client");

    public ScriptedService Service { get; } = new();

    public ConcurrentQueue<EventAnswer> Answers { get; } = new();

    /// <summary>What the app does with an answer, beside noting it.</summary>
    public Action<EventAnswer> App { get; set; } = static _ => { };

    public static MobileEvent Event(string data = "{\"n\":1}") => new("io.eventsourcing.test.v1", Encoding.UTF8.GetBytes(data), DateTimeOffset.UnixEpoch);

    public static MobileEvent[] Events(int count) => [.. Enumerable.Range(0, count).Select(_ => Event())];

    public MobileEventClient Client(Func<MobileClientOptions, MobileClientOptions>? change = null, string file = "q.queue")
    {
        var options = new MobileClientOptions
        {
            QueuePath = Path.Combine(Folder.Path, file),
            InstallationId = "i-1",
            FirstDelay = TimeSpan.FromMilliseconds(10),
            LongestDelay = TimeSpan.FromMilliseconds(50),
        };
        var client = new MobileEventClient(change?.Invoke(options) ?? options, _http, Service, Tell, _time);
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        _http.Dispose();
        Folder.Dispose();
    }

    private void Tell(EventAnswer answer)
    {
        App(answer);
        Answers.Enqueue(answer);
    }
}
