using System.Runtime.InteropServices;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Records;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>
/// API 0: appends one record batch per partition. Versions 0 to 2 are advertised and refused with UNSUPPORTED_VERSION, because librdkafka derives
/// from their presence which compression codecs it may use (KAFKA-18659).
/// </summary>
internal sealed class ProduceApi(TopicCatalogue topics, ITransactionGuard transactions, LogFlusher flusher, TimeProvider time) : KafkaApi
{
    private const short FirstServedVersion = 3;

    public override ApiKey Key => ApiKey.Produce;

    public override VersionRange Versions { get; } = new(FirstServedVersion, 9, FirstFlexible: 9);

    public override short AdvertisedMinimum => 0;

    public override async ValueTask HandleAsync(KafkaRequest request, CancellationToken stop)
    {
        var body = request.Body;
        if (request.Version >= FirstServedVersion)
            body.ReadNullableString(); // transactional id: the batch's producer id says the same
        var acks = body.ReadInt16();
        body.ReadInt32();
        var appended = body.ReadArray(reader => ReadTopic(reader, request.Version, acks));
        body.SkipTags();

        if (acks == -1)
            await FlushAsync(appended);
        request.HasResponse = acks != 0;
        request.ClosesConnection = acks == 0 && appended.Any(topic => topic.Partitions.Any(partition => partition.Result.Error != ErrorCode.None));
        Write(request.Response, request.Version, appended);
    }

    private TopicAppends ReadTopic(KafkaReader body, short version, short acks)
    {
        var name = body.ReadString();
        var topic = topics.Find(name);
        var partitions = body.ReadArray(reader => ReadPartition(reader, topic, version, acks));
        body.SkipTags();
        return new TopicAppends(name, partitions);
    }

    private PartitionAppend ReadPartition(KafkaReader body, Topic? topic, short version, short acks)
    {
        var index = body.ReadInt32();
        var records = body.ReadNullableBytes() ?? default;
        body.SkipTags();
        var log = topic?.Partition(index);
        return new PartitionAppend(index, log, Append(log, records, version, acks));
    }

    private LogAppendResult Append(PartitionLog? log, Memory<byte> records, short version, short acks)
    {
        if (version < FirstServedVersion)
            return LogAppendResult.Refused(ErrorCode.UnsupportedVersion, null);
        if (acks is < -1 or > 1)
            return LogAppendResult.Refused(ErrorCode.InvalidRequiredAcks, $"acks must be -1, 0 or 1, not {acks}.");
        if (log is null)
            return LogAppendResult.Refused(ErrorCode.UnknownTopicOrPartition, null);
        var error = RecordBatchValidator.Validate(records.Span, version, log.Config.MaxMessageBytes, out var header, out var reason);
        if (error == ErrorCode.None)
            error = CheckTimestamp(log.Config, header, out reason);
        if (error != ErrorCode.None)
            return LogAppendResult.Refused(error, reason);
        if (log.Config.Compacts && MemoryMarshal.TryGetArray<byte>(records, out var batch) && CompactedTopicValidator.Validate(batch, log.Partition) is { } refused)
            return refused;
        return log.Append(records.Span, header, transactions);
    }

    private ErrorCode CheckTimestamp(LogConfig config, in RecordBatchHeader header, out string? reason)
    {
        reason = null;
        if (config.LogAppendTime || header.MaxTimestamp < 0)
            return ErrorCode.None;
        var ahead = header.MaxTimestamp - time.GetUtcNow().ToUnixTimeMilliseconds();
        if (ahead <= config.TimestampAfterMaxMs && -ahead <= config.TimestampBeforeMaxMs)
            return ErrorCode.None;
        reason = $"The batch's time {header.MaxTimestamp} is {ahead} ms ahead of the broker's (message.timestamp.after.max.ms, message.timestamp.before.max.ms).";
        return ErrorCode.InvalidTimestamp;
    }

    /// <summary>Waits for the disk where the policy says so; a batch that may not be on it is not acknowledged.</summary>
    private async ValueTask FlushAsync(List<TopicAppends> appended)
    {
        if (flusher.Policy != FsyncPolicy.Acknowledge)
            return;
        foreach (var partition in appended.SelectMany(topic => topic.Partitions))
        {
            if (partition.Result.Error != ErrorCode.None || partition.Log is null)
                continue;
            try
            {
                await flusher.OnAppendedAsync(partition.Log);
            }
            catch (IOException exception)
            {
                partition.Result = LogAppendResult.Refused(ErrorCode.StorageError, $"The disk did not take the batch: {exception.Message}");
            }
        }
    }

    private static void Write(KafkaWriter response, short version, List<TopicAppends> appended)
    {
        response.WriteArray(appended, (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, partition) => WritePartition(inner, version, partition));
            writer.WriteTags();
        });
        if (version >= 1)
            response.WriteInt32(0);
        response.WriteTags();
    }

    private static void WritePartition(KafkaWriter response, short version, PartitionAppend partition)
    {
        var result = partition.Result;
        var (error, baseOffset, appendTime, reason) = result;
        response.WriteInt32(partition.Index);
        response.WriteError(error);
        response.WriteInt64(baseOffset);
        if (version >= 2)
            response.WriteInt64(appendTime);
        if (version >= 5)
            response.WriteInt64(partition.Log?.StartOffset ?? -1);
        if (version >= 8)
        {
            response.WriteArray(result.RecordErrors, (writer, record) =>
            {
                writer.WriteInt32(record.BatchIndex);
                writer.WriteNullableString(record.Message);
                writer.WriteTags();
            });
            response.WriteNullableString(reason);
        }

        response.WriteTags();
    }

    private sealed record TopicAppends(string Name, List<PartitionAppend> Partitions);

    private sealed class PartitionAppend(int index, PartitionLog? log, LogAppendResult result)
    {
        public int Index { get; } = index;

        public PartitionLog? Log { get; } = log;

        public LogAppendResult Result { get; set; } = result;
    }
}
