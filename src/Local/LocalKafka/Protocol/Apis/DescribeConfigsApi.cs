using System.Globalization;
using EventSourcing.LocalKafka.Hosting;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 32: the settings of topics and, read-only, of the broker.</summary>
internal sealed class DescribeConfigsApi(BrokerIdentity broker, BrokerConfigs brokerConfigs, TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.DescribeConfigs;

    public override VersionRange Versions { get; } = new(1, 4, FirstFlexible: 4);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var asked = body.ReadArray(ReadResource);
        var options = new Detail(version, Synonyms: body.ReadBoolean(), Documentation: version >= 3 && body.ReadBoolean());
        response.WriteInt32(0);
        response.WriteArray(asked, (writer, resource) => WriteResource(writer, options, resource));
        response.WriteTags();
    }

    private static Asked ReadResource(KafkaReader body)
    {
        var resource = new Asked((ConfigResource)body.ReadInt8(), body.ReadString(), body.ReadNullableArray(static reader => reader.ReadString()));
        body.SkipTags();
        return resource;
    }

    private void WriteResource(KafkaWriter response, Detail detail, Asked asked)
    {
        var (result, configs) = Find(asked);
        response.WriteError(result.Error);
        response.WriteNullableString(result.Message);
        response.WriteInt8((int)asked.Type);
        response.WriteString(asked.Name);
        response.WriteArray(configs.FindAll(config => asked.Keys?.Contains(config.Name) ?? true), (writer, config) => WriteConfig(writer, detail, config));
        response.WriteTags();
    }

    private (AdminResult Result, List<ConfigEntry> Configs) Find(Asked asked) => asked.Type switch
    {
        ConfigResource.Topic when topics.Find(asked.Name) is { } topic => (AdminResult.Done, ConfigEntry.Of(topic.Config)),
        ConfigResource.Topic => (AdminResult.UnknownTopic(asked.Name), []),
        ConfigResource.Broker when asked.Name == broker.NodeId.ToString(CultureInfo.InvariantCulture) => (AdminResult.Done, brokerConfigs.Entries),
        ConfigResource.Broker when asked.Name.Length == 0 => (AdminResult.Done, []), // the cluster-wide dynamic defaults: there are none
        ConfigResource.BrokerLogger => (AdminResult.Done, []),
        _ => (new AdminResult(ErrorCode.InvalidRequest, $"There is no configuration of resource type {(int)asked.Type} named '{asked.Name}'."), []),
    };

    private static void WriteConfig(KafkaWriter response, Detail detail, ConfigEntry config)
    {
        response.WriteString(config.Name);
        response.WriteNullableString(config.Value);
        response.WriteBoolean(config.IsReadOnly);
        response.WriteInt8((int)config.Source);
        response.WriteBoolean(false);
        response.WriteArray(detail.Synonyms ? config.Synonyms : [], static (writer, synonym) =>
        {
            writer.WriteString(synonym.Name);
            writer.WriteNullableString(synonym.Value);
            writer.WriteInt8((int)synonym.Source);
            writer.WriteTags();
        });
        if (detail.Version >= 3)
        {
            response.WriteInt8((int)config.Type);
            response.WriteNullableString(detail.Documentation ? config.Documentation : null);
        }

        response.WriteTags();
    }

    private sealed record Asked(ConfigResource Type, string Name, List<string>? Keys);

    private readonly record struct Detail(short Version, bool Synonyms, bool Documentation);
}
