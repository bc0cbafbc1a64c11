using System.Collections.Immutable;
using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the AppHost wrote about one resource instance: the last lines, and those who follow.</summary>
internal sealed class ResourceLog
{
    private const int KeptLines = 500;
    private const int FollowerCapacity = 1000;
    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _kept = new();
    private ImmutableArray<ChannelWriter<LogLine>> _followers = [];

    public void Append(string text, bool isError)
    {
        var line = new LogLine(0, $"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {text}", isError);
        lock (_gate)
        {
            _kept.Enqueue(line);
            if (_kept.Count > KeptLines)
                _kept.Dequeue();
            foreach (var follower in _followers)
                follower.TryWrite(line);
        }
    }

    public IReadOnlyList<LogLine> Kept()
    {
        lock (_gate)
            return [.. _kept];
    }

    public async Task FollowAsync(ChannelWriter<LogLine> lines, CancellationToken stop)
    {
        var channel = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(FollowerCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var line in _kept)
                channel.Writer.TryWrite(line);
            _followers = _followers.Add(channel.Writer);
        }

        try
        {
            await foreach (var line in channel.Reader.ReadAllAsync(stop))
                await lines.WriteAsync(line, stop);
        }
        finally
        {
            lock (_gate)
                _followers = _followers.Remove(channel.Writer);
        }
    }
}
