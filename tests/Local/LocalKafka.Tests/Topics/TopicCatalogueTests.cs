using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Tests.Storage;
using EventSourcing.LocalKafka.Topics;
using EventSourcing.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.LocalKafka.Tests.Topics;

public sealed class TopicCatalogueTests : IDisposable
{
    private readonly TempFolder _folder = new("kafka-topics");
    private LogManager? _logs;

    public void Dispose()
    {
        _logs?.Abandon();
        _folder.Dispose();
    }

    [Fact]
    public void Topics_AreThereAfterACrash_WithTheirSettings()
    {
        var before = Open();
        Assert.Equal(ErrorCode.None, before.Create("orders", 3, [KeyValuePair.Create("retention.ms", "1000")], validateOnly: false).Error);
        before.AddPartitions("orders", 4, validateOnly: false);
        before.Configure("orders", configs => configs.Append(KeyValuePair.Create("segment.bytes", "1048576")), validateOnly: false);

        var topic = Open().Find("orders");

        Assert.Equal(4, topic!.Partitions.Count);
        Assert.Equal((1_000, 1_048_576), (topic.Config.Log.RetentionMs, topic.Config.Log.SegmentBytes));
        Assert.Equal(before.Find("orders")!.Id, topic.Id);
    }

    [Fact]
    public void DeletedTopic_IsGone_AndItsNameStartsAnew()
    {
        var topics = Open();
        topics.Create("orders", 1, [], validateOnly: false);
        topics.FindPartition("orders", 0)!.Append(new byte[100], default, new OpenTransactions());

        Assert.Equal(ErrorCode.None, topics.Delete("orders").Error);
        Assert.Equal(ErrorCode.UnknownTopicOrPartition, topics.Delete("orders").Error);
        Assert.False(Directory.Exists(_folder.File("orders-0")));
        topics.Create("orders", 1, [], validateOnly: false);
        Assert.Equal(0, topics.FindPartition("orders", 0)!.EndOffset);
    }

    [Fact]
    public void Deletion_ThatACrashInterrupted_IsFinishedAtTheNextStart()
    {
        Open().Create("orders", 2, [], validateOnly: false);
        var file = new CatalogueFile(_folder.Path, toDisk: false);
        file.Write(file.Read().ConvertAll(topic => topic with { Deleting = true }));

        var topics = Open();

        Assert.Null(topics.Find("orders"));
        Assert.False(Directory.Exists(_folder.File("orders-1")));
        Assert.Empty(file.Read());
    }

    [Theory]
    [InlineData("", (short)17)]
    [InlineData("..", (short)17)]
    [InlineData("a/b", (short)17)]
    [InlineData("good", (short)0)]
    [InlineData("Good_1.2-3", (short)0)]
    public void Name_FollowsKafkasRule(string name, short error) =>
        Assert.Equal((ErrorCode)error, Open().Create(name, 1, [], validateOnly: false).Error);

    [Fact]
    public void WhatCannotBe_IsRefusedWithAReason()
    {
        var topics = Open();
        topics.Create("orders", 2, [], validateOnly: false);

        AssertRefused(ErrorCode.TopicAlreadyExists, topics.Create("orders", 1, [], validateOnly: false));
        AssertRefused(ErrorCode.InvalidPartitions, topics.Create("other", 0, [], validateOnly: false));
        AssertRefused(ErrorCode.InvalidPartitions, topics.Create("other", int.MaxValue, [], validateOnly: false));
        AssertRefused(ErrorCode.InvalidPartitions, topics.AddPartitions("orders", 2, validateOnly: false));
        AssertRefused(ErrorCode.InvalidConfig, topics.Create("other", 1, [KeyValuePair.Create("retention.msec", "1")], validateOnly: false));
        AssertRefused(ErrorCode.InvalidConfig, topics.Create("other", 1, [KeyValuePair.Create("retention.ms", "soon")], validateOnly: false));
        AssertRefused(ErrorCode.InvalidConfig, topics.Create("other", 1, [KeyValuePair.Create("cleanup.policy", "shred")], validateOnly: false));
        Assert.Single(topics.All);
    }

    [Fact]
    public void ValidateOnly_CreatesNothing()
    {
        var topics = Open();

        Assert.Equal(ErrorCode.None, topics.Create("orders", 2, [], validateOnly: true).Error);
        Assert.Empty(topics.All);
        Assert.False(Directory.Exists(_folder.File("orders-0")));
    }

    private static void AssertRefused(ErrorCode error, AdminResult result)
    {
        Assert.Equal(error, result.Error);
        Assert.False(string.IsNullOrEmpty(result.Message));
    }

    private TopicCatalogue Open()
    {
        _logs?.Abandon();
        _logs = new LogManager(_folder.Path, toDisk: false, TimeProvider.System, NullLogger.Instance);
        return new TopicCatalogue(_logs, new CatalogueFile(_folder.Path, toDisk: false));
    }
}
