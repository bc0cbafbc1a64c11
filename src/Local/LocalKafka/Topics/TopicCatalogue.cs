using System.Collections.Concurrent;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Topics;

/// <summary>All topics. Every change is in the catalogue file before it is visible, so that it survives the end of the process at any moment.</summary>
internal sealed partial class TopicCatalogue
{
    /// <summary>Partitions of the whole broker: each keeps files open and memory in use.</summary>
    public const int MaxPartitions = 10_000;

    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();
    private readonly LogManager _logs;
    private readonly CatalogueFile _file;

    public TopicCatalogue(LogManager logs, CatalogueFile file)
    {
        _logs = logs;
        _file = file;
        var documents = file.Read();
        foreach (var document in documents.Where(document => document.Deleting))
            DeleteFolders(document);
        Parallel.ForEach(documents.Where(document => !document.Deleting), document =>
            _topics[document.Name] = Open(document.Name, document.Id, TopicConfig.Create(document.Configs), document.Partitions));
        if (documents.Any(document => document.Deleting))
            Save();
    }

    public IEnumerable<Topic> All => _topics.Values.OrderBy(topic => topic.Name, StringComparer.Ordinal);

    public Topic? Find(string name) => _topics.GetValueOrDefault(name);

    public PartitionLog? FindPartition(string topic, int partition) => Find(topic)?.Partition(partition);

    private Topic Open(string name, Guid id, TopicConfig config, int partitions) =>
        new(name, id, config, [.. Enumerable.Range(0, partitions).Select(i => _logs.Open(new TopicPartition(name, i), config.Log))]);

    private void Save(TopicDocument? changed = null)
    {
        var documents = All.Select(ToDocument).Where(document => document.Name != changed?.Name).ToList();
        if (changed is not null)
            documents.Add(changed);
        _file.Write(documents);
    }

    private void DeleteFolders(TopicDocument document)
    {
        for (var i = 0; i < document.Partitions; i++)
            _logs.DeleteFolder(new TopicPartition(document.Name, i));
    }

    private static TopicDocument ToDocument(Topic topic) => new(topic.Name, topic.Id, topic.Partitions.Count, topic.Config.Overrides);
}
