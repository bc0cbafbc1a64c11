using System.Text.Json;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Topics;

/// <summary>The topics of a data directory in <c>topics.json</c>, replaced as a whole with every change.</summary>
internal sealed class CatalogueFile(string dataDirectory, bool toDisk)
{
    private readonly string _path = Path.Combine(dataDirectory, "topics.json");

    /// <exception cref="InvalidDataException">The file is there and cannot be read.</exception>
    public List<TopicDocument> Read()
    {
        if (!File.Exists(_path))
            return [];
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(_path), TopicDocumentContext.Default.ListTopicDocument) ?? [];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{_path} cannot be read: {exception.Message} Restore it from a copy; the partition folders beside it hold the records.", exception);
        }
    }

    public void Write(List<TopicDocument> topics) =>
        AtomicFile.Write(_path, JsonSerializer.SerializeToUtf8Bytes(topics, TopicDocumentContext.Default.ListTopicDocument), toDisk);
}
