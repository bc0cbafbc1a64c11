namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>A client that knows only how to be disposed of at once, among those that a path owns.</summary>
internal sealed class ClientEnd(IDisposable client) : IAsyncDisposable
{
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
