using System.Text;
using System.Text.Json.Nodes;
using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.CloudEvents.Tests.Vectors;

public sealed class FeatureTests
{
    private const string HttpFile = "http-protocol-binding.feature";
    private const string KafkaFile = "kafka-protocol-binding.feature";

    public static TheoryData<string> HttpScenarios => VectorFolder.Names(static () => NamesOf(HttpFile));

    public static TheoryData<string> KafkaScenarios => VectorFolder.Names(static () => NamesOf(KafkaFile));

    [Theory(Skip = VectorFolder.Missing, SkipUnless = nameof(VectorFolder.IsRequired), SkipType = typeof(VectorFolder))]
    [MemberData(nameof(HttpScenarios))]
    public void HttpScenario_Parsed_HasAttributesAndData(string name)
    {
        var scenario = Find(HttpFile, name);
        using var request = RawHttp.Parse(scenario.Step("an HTTP request").DocString);

        AssertThen(scenario, request.Receive());
    }

    [Theory(Skip = VectorFolder.Missing, SkipUnless = nameof(VectorFolder.IsRequired), SkipType = typeof(VectorFolder))]
    [MemberData(nameof(KafkaScenarios))]
    public void KafkaScenario_Parsed_HasAttributesAndData(string name)
    {
        var scenario = Find(KafkaFile, name);
        var message = new Message<byte[]?, byte[]?>
        {
            Headers = [],
            Value = Encoding.UTF8.GetBytes(scenario.Step("a Kafka message with payload").DocString),
        };
        foreach (var (key, value) in scenario.Step("Kafka headers").Pairs)
            message.Headers.Add(key, Encoding.UTF8.GetBytes(value));

        Assert.True(message.IsCloudEvent());
        AssertThen(scenario, message.ToCloudEvent());
    }

    private static void AssertThen(Scenario scenario, CloudEvent actual)
    {
        var expected = new CloudEvent(CloudEventsSpecVersion.V1_0);
        foreach (var (name, value) in scenario.Step("the attributes are").Pairs.Where(static pair => pair.Key != "specversion"))
            expected.SetAttributeFromString(name, value);
        expected.Data = actual.Data;

        EventAssert.Equal(expected, actual);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(scenario.Step("the data is equal to the following JSON").DocString),
            JsonNode.Parse(Assert.IsType<byte[]>(actual.Data))));
    }

    private static IEnumerable<string> NamesOf(string file) => FeatureReader.Read(VectorFolder.Read(file)).Select(static scenario => scenario.Name);

    private static Scenario Find(string file, string name) => FeatureReader.Read(VectorFolder.Read(file)).Single(scenario => scenario.Name == name);
}
