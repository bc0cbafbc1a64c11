using System.Threading.Channels;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the processes write to their consoles.</summary>
internal interface IProcessOutput
{
    /// <summary>Copies the output of an instance from its beginning, over its restarts, until cancelled.</summary>
    Task FollowAsync(string id, ChannelWriter<LogLine> lines, CancellationToken stop);

    /// <summary>The output of an instance's current run as it is now.</summary>
    Task<IReadOnlyList<LogLine>> ReadAsync(string id, CancellationToken stop);
}
