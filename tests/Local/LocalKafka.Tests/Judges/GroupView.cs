using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>What DescribeGroups shows of one group, for tests that wait for a state of it.</summary>
internal static class GroupView
{
    /// <summary>Null while the coordinator does not know the group, or is not there yet.</summary>
    public static async Task<ConsumerGroupDescription?> FindAsync(IAdminClient admin, string group)
    {
        try
        {
            return (await admin.DescribeConsumerGroupsAsync([group])).ConsumerGroupDescriptions[0];
        }
        catch (DescribeConsumerGroupsException)
        {
            return null;
        }
    }

    /// <summary>The partitions of each member, once the group is stable.</summary>
    public static List<List<int>> Shares(ConsumerGroupDescription? group) => group is { State: ConsumerGroupState.Stable }
        ? [.. group.Members.Select(member => member.Assignment.TopicPartitions.ConvertAll(partition => partition.Partition.Value))]
        : [];
}
