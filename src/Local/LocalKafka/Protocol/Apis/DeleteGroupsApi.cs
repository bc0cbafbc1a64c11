using EventSourcing.LocalKafka.Groups;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 42: deletes groups without members, with their offsets.</summary>
internal sealed class DeleteGroupsApi(GroupCoordinator groups) : SynchronousApi
{
    public override ApiKey Key => ApiKey.DeleteGroups;

    public override VersionRange Versions { get; } = new(0, 2, FirstFlexible: 2);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var ids = body.ReadArray(static reader => reader.ReadString());
        response.WriteInt32(0);
        response.WriteArray(ids, (writer, id) =>
        {
            writer.WriteString(id);
            writer.WriteError(groups.Delete(id));
            writer.WriteTags();
        });
        response.WriteTags();
    }
}
