using EventSourcing.LocalKafka.Groups;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 14: the leader hands in the assignments, every member gets its own.</summary>
internal sealed class SyncGroupApi(GroupCoordinator groups) : KafkaApi
{
    public override ApiKey Key => ApiKey.SyncGroup;

    public override VersionRange Versions { get; } = new(0, 5, FirstFlexible: 4);

    public override async ValueTask HandleAsync(KafkaRequest request, CancellationToken stop)
    {
        var group = request.Body.ReadString();
        var syncing = groups.SyncAsync(group, Read(request.Body, request.Version));
        Write(request.Response, request.Version, await syncing.WaitAsync(stop));
    }

    private static SyncRequest Read(KafkaReader body, short version)
    {
        var generation = body.ReadInt32();
        var member = new MemberIdentity(body.ReadString(), version >= 3 ? body.ReadNullableString() : null);
        var protocolType = version >= 5 ? body.ReadNullableString() : null;
        var protocolName = version >= 5 ? body.ReadNullableString() : null;
        var assignments = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (id, assignment) in body.ReadArray(ReadAssignment))
            assignments[id] = assignment;
        return new SyncRequest(member, generation, assignments) { ProtocolType = protocolType, ProtocolName = protocolName };
    }

    private static (string MemberId, byte[] Assignment) ReadAssignment(KafkaReader body)
    {
        var assignment = (body.ReadString(), body.ReadBytes().ToArray());
        body.SkipTags();
        return assignment;
    }

    private static void Write(KafkaWriter response, short version, SyncResult result)
    {
        if (version >= 1)
            response.WriteInt32(0);
        response.WriteError(result.Error);
        if (version >= 5)
        {
            response.WriteNullableString(result.ProtocolType);
            response.WriteNullableString(result.ProtocolName);
        }

        response.WriteBytes(result.Assignment);
        response.WriteTags();
    }
}
