using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 44: sets, deletes, extends and shortens settings of topics.</summary>
internal sealed class IncrementalAlterConfigsApi(TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.IncrementalAlterConfigs;

    public override VersionRange Versions { get; } = new(0, 1, FirstFlexible: 1);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var resources = body.ReadArray(ReadResource);
        var validateOnly = body.ReadBoolean();
        response.WriteInt32(0);
        response.WriteArray(resources, (writer, resource) =>
        {
            var result = Alter(resource, validateOnly);
            writer.WriteError(result.Error);
            writer.WriteNullableString(result.Message);
            writer.WriteInt8((int)resource.Type);
            writer.WriteString(resource.Name);
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private static (ConfigResource Type, string Name, List<ConfigAlteration> Changes) ReadResource(KafkaReader body)
    {
        var resource = ((ConfigResource)body.ReadInt8(), body.ReadString(), body.ReadArray(static reader =>
        {
            var change = new ConfigAlteration(reader.ReadString(), (ConfigOperation)reader.ReadInt8(), reader.ReadNullableString());
            reader.SkipTags();
            return change;
        }));
        body.SkipTags();
        return resource;
    }

    private AdminResult Alter((ConfigResource Type, string Name, List<ConfigAlteration> Changes) resource, bool validateOnly)
    {
        if (resource.Type != ConfigResource.Topic)
            return new AdminResult(ErrorCode.InvalidRequest, "Only topics can be configured at run time; the broker takes its settings at its start.");
        if (resource.Changes.Find(change => change.Error is not null) is { } wrong)
            return new AdminResult(ErrorCode.InvalidConfig, wrong.Error);
        return topics.Configure(resource.Name, before => resource.Changes.Aggregate(before, (configs, change) => change.ApplyTo(configs)), validateOnly);
    }
}
