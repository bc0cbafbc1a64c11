using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Protocol.Apis;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Hosting;

/// <content>What is served, by whom.</content>
internal sealed partial class BrokerRuntime
{
    private RequestDispatcher CreateDispatcher(LocalKafkaOptions options, FsyncPolicy policy, TopicCatalogue topics, ProducerIds producerIds, ILogger logger)
    {
        var time = options.TimeProvider;
        var configs = new BrokerConfigs(options, Identity, _directory.Path);
        return new RequestDispatcher(
        [
            new ProduceApi(topics, _transactions, _flusher, time),
            new FetchApi(topics, time),
            new ListOffsetsApi(topics),
            new MetadataApi(Identity, topics),
            new OffsetCommitApi(_groups, topics, policy, logger),
            new OffsetFetchApi(_groups, _transactions),
            new FindCoordinatorApi(Identity),
            new SaslHandshakeApi(),
            new SaslAuthenticateApi(time, logger),
            new JoinGroupApi(_groups),
            new HeartbeatApi(_groups),
            new LeaveGroupApi(_groups),
            new SyncGroupApi(_groups),
            new DescribeGroupsApi(_groups),
            new ListGroupsApi(_groups),
            new CreateTopicsApi(topics, options.DefaultPartitions),
            new DeleteTopicsApi(topics, _groups),
            new DeleteRecordsApi(topics, _logs),
            new InitProducerIdApi(producerIds, _transactions),
            new OffsetForLeaderEpochApi(topics),
            new DescribeConfigsApi(Identity, configs, topics),
            new DescribeLogDirsApi(_directory, topics),
            new CreatePartitionsApi(topics),
            new DeleteGroupsApi(_groups),
            new ElectLeadersApi(topics),
            new IncrementalAlterConfigsApi(topics),
            new ListPartitionReassignmentsApi(),
            new OffsetDeleteApi(_groups, topics),
            new DescribeClusterApi(Identity),
            new AddPartitionsToTxnApi(_transactions, topics),
            new AddOffsetsToTxnApi(_transactions),
            new EndTxnApi(_transactions),
            new WriteTxnMarkersApi(topics),
            new TxnOffsetCommitApi(_transactions, _groups, topics),
            new DescribeProducersApi(topics),
            new DescribeTransactionsApi(_transactions),
            new ListTransactionsApi(_transactions, time),
        ]);
    }
}
