using System.Text.Json.Serialization;

namespace EventSourcing.LocalKafka.Topics;

/// <summary>One topic in the catalogue file.</summary>
internal sealed record TopicDocument(string Name, Guid Id, int Partitions, IReadOnlyDictionary<string, string> Configs)
{
    /// <summary>The topic is gone for clients; its folders may still be there.</summary>
    public bool Deleting { get; init; }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(List<TopicDocument>))]
internal sealed partial class TopicDocumentContext : JsonSerializerContext;
