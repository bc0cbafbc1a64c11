using EventSourcing.LocalKafka.Groups;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 11: enters a group and waits until the next generation begins.</summary>
internal sealed class JoinGroupApi(GroupCoordinator groups) : KafkaApi
{
    private const short FirstVersionWithMemberIdRequired = 4;

    public override ApiKey Key => ApiKey.JoinGroup;

    public override VersionRange Versions { get; } = new(0, 7, FirstFlexible: 6);

    public override async ValueTask HandleAsync(KafkaRequest request, CancellationToken stop)
    {
        var group = request.Body.ReadString();
        var joining = groups.JoinAsync(group, Read(request));
        Write(request.Response, request.Version, await joining.WaitAsync(stop));
    }

    private static JoinRequest Read(KafkaRequest request)
    {
        var (body, version) = (request.Body, request.Version);
        var sessionTimeout = TimeSpan.FromMilliseconds(body.ReadInt32());
        return new JoinRequest
        {
            SessionTimeout = sessionTimeout,
            RebalanceTimeout = version >= 1 ? TimeSpan.FromMilliseconds(Math.Max(0, body.ReadInt32())) : sessionTimeout,
            MemberId = body.ReadString(),
            InstanceId = version >= 5 ? body.ReadNullableString() : null,
            ProtocolType = body.ReadString(),
            Protocols = body.ReadArray(static reader =>
            {
                var protocol = new GroupProtocol(reader.ReadString(), reader.ReadBytes().ToArray());
                reader.SkipTags();
                return protocol;
            }),
            ClientId = request.ClientId,
            ClientHost = request.ClientHost,
            CanBeToldMemberId = version >= FirstVersionWithMemberIdRequired,
        };
    }

    private static void Write(KafkaWriter response, short version, JoinResult result)
    {
        if (version >= 2)
            response.WriteInt32(0);
        response.WriteError(result.Error);
        response.WriteInt32(result.Generation);
        if (version >= 7)
        {
            response.WriteNullableString(result.ProtocolType);
            response.WriteNullableString(result.ProtocolName);
        }
        else
        {
            response.WriteString(result.ProtocolName ?? "");
        }

        response.WriteString(result.Leader);
        response.WriteString(result.MemberId);
        response.WriteArray(result.Members, (writer, member) => WriteMember(writer, version, member));
        response.WriteTags();
    }

    private static void WriteMember(KafkaWriter response, short version, JoinedMember member)
    {
        response.WriteString(member.MemberId);
        if (version >= 5)
            response.WriteNullableString(member.InstanceId);
        response.WriteBytes(member.Metadata);
        response.WriteTags();
    }
}
