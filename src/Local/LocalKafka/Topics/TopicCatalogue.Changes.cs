using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Topics;

/// <content>Topics come, go, grow and take other settings.</content>
internal sealed partial class TopicCatalogue
{
    public AdminResult Create(string name, int partitions, IEnumerable<KeyValuePair<string, string>> overrides, bool validateOnly) => Change(() =>
    {
        if (!TopicName.IsValid(name))
            return new AdminResult(ErrorCode.InvalidTopic, $"'{name}' is no topic name: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-' are allowed.");
        if (_topics.ContainsKey(name))
            return new AdminResult(ErrorCode.TopicAlreadyExists, $"Topic '{name}' already exists.");
        if (CheckPartitions(partitions) is { } refused)
            return refused;
        return TryConfigure(overrides, out var config) is { } invalid ? invalid : Add(name, partitions, config, validateOnly);
    });

    public AdminResult Delete(string name) => Change(() =>
    {
        if (Find(name) is not { } topic)
            return AdminResult.UnknownTopic(name);
        Save(ToDocument(topic) with { Deleting = true });
        _topics.TryRemove(name, out _);
        for (var i = 0; i < topic.Partitions.Count; i++)
            _logs.Delete(new TopicPartition(name, i));
        Save();
        return AdminResult.Done;
    });

    public AdminResult AddPartitions(string name, int count, bool validateOnly) => Change(() =>
    {
        if (Find(name) is not { } topic)
            return AdminResult.UnknownTopic(name);
        var existing = topic.Partitions.Count;
        if (count <= existing)
            return new AdminResult(ErrorCode.InvalidPartitions, $"Topic '{name}' has {existing} partitions; {count} would not be an increase.");
        if (CheckPartitions(count - existing) is { } refused)
            return refused;
        if (validateOnly)
            return AdminResult.Done;
        Save(ToDocument(topic) with { Partitions = count });
        topic.AddPartitions([.. Enumerable.Range(existing, count - existing).Select(i => _logs.Open(new TopicPartition(name, i), topic.Config.Log))]);
        return AdminResult.Done;
    });

    /// <summary>Replaces the settings of a topic by what <paramref name="change"/> makes of them.</summary>
    public AdminResult Configure(string name, Func<IReadOnlyDictionary<string, string>, IEnumerable<KeyValuePair<string, string>>> change, bool validateOnly) => Change(() =>
    {
        if (Find(name) is not { } topic)
            return AdminResult.UnknownTopic(name);
        if (TryConfigure(change(topic.Config.Overrides), out var config) is { } invalid)
            return invalid;
        if (validateOnly)
            return AdminResult.Done;
        Save(ToDocument(topic) with { Configs = config.Overrides });
        topic.Config = config;
        return AdminResult.Done;
    });

    /// <summary>One change at a time; a disk that fails is told to the client, which may try again.</summary>
    private AdminResult Change(Func<AdminResult> change)
    {
        lock (_changing)
        {
            try
            {
                return change();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return new AdminResult(ErrorCode.StorageError, $"The data directory could not be changed: {exception.Message}");
            }
        }
    }

    private AdminResult Add(string name, int partitions, TopicConfig config, bool validateOnly)
    {
        if (Enumerable.Range(0, partitions).Select(i => new TopicPartition(name, i)).FirstOrDefault(_logs.HasFolder) is { Topic: not null } taken)
            return new AdminResult(ErrorCode.StorageError, $"The data directory has a folder '{taken}' that belongs to no topic; move it away first.");
        if (validateOnly)
            return AdminResult.Done;
        var document = new TopicDocument(name, Guid.NewGuid(), partitions, config.Overrides);
        Save(document);
        try
        {
            _topics[name] = Open(name, document.Id, config, partitions);
            return AdminResult.Done;
        }
        catch (IOException)
        {
            for (var i = 0; i < partitions; i++)
                _logs.Delete(new TopicPartition(name, i)); // a full disk took some of them only
            Save();
            throw;
        }
    }

    private AdminResult? CheckPartitions(int added)
    {
        if (added <= 0)
            return new AdminResult(ErrorCode.InvalidPartitions, "The number of partitions must be at least 1.");
        var total = _topics.Values.Sum(topic => (long)topic.Partitions.Count) + added;
        return total <= MaxPartitions ? null : new AdminResult(ErrorCode.InvalidPartitions, $"This broker takes {MaxPartitions} partitions in all; there would be {total}.");
    }

    private static AdminResult? TryConfigure(IEnumerable<KeyValuePair<string, string>> overrides, out TopicConfig config)
    {
        try
        {
            config = TopicConfig.Create(overrides);
            return null;
        }
        catch (ArgumentException exception)
        {
            config = TopicConfig.Default;
            return new AdminResult(ErrorCode.InvalidConfig, exception.Message);
        }
    }
}
