using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>Answer to a sync: the partitions the leader assigned to the member.</summary>
internal sealed record SyncResult(ErrorCode Error, byte[] Assignment, string? ProtocolType = null, string? ProtocolName = null)
{
    public static SyncResult Failed(ErrorCode error) => new(error, []);
}
