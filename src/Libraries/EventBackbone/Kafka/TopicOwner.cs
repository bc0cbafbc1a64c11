using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>Creates the declared topics that do not exist; never alters one that does.</summary>
internal sealed class TopicOwner(IAdminClient admin, IReadOnlyList<TopicDeclaration> topics, ILogger logger)
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Creates what is missing, again and again until the backbone has answered for every topic.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    public async Task EnsureAsync(CancellationToken stop)
    {
        var warned = false;
        while (await TryEnsureAsync() is { } failure)
        {
            if (!warned)
                Log.TopicsPending(logger, failure);
            warned = true;
            await Task.Delay(Pause, stop);
        }
    }

    private async Task<string?> TryEnsureAsync()
    {
        try
        {
            await admin.CreateTopicsAsync(
                topics.Select(Specify), new CreateTopicsOptions { RequestTimeout = RequestTimeout, OperationTimeout = RequestTimeout });
            foreach (var topic in topics)
                Log.TopicCreated(logger, topic.Name, topic.Partitions);
            return null;
        }
        catch (CreateTopicsException exception)
        {
            return Judge(exception.Results);
        }
        catch (KafkaException exception)
        {
            return exception.Error.Reason;
        }
    }

    private string? Judge(IEnumerable<CreateTopicReport> reports)
    {
        string? retry = null;
        foreach (var report in reports)
        {
            var declared = topics.First(topic => topic.Name == report.Topic);
            if (!report.Error.IsError)
                Log.TopicCreated(logger, report.Topic, declared.Partitions);
            else if (report.Error.Code == ErrorCode.TopicAlreadyExists)
                retry = Compare(declared) ?? retry;
            else if (IsTransient(report.Error))
                retry = report.Error.Reason;
            else
                Log.TopicFailed(logger, report.Topic, report.Error.Reason);
        }
        return retry;
    }

    private string? Compare(TopicDeclaration declared)
    {
        try
        {
            WarnIfDifferent(declared);
            return null;
        }
        catch (KafkaException exception)
        {
            return exception.Error.Reason;
        }
    }

    private void WarnIfDifferent(TopicDeclaration declared)
    {
        var actual = admin.GetMetadata(declared.Name, RequestTimeout).Topics.Find(topic => topic.Topic == declared.Name)?.Partitions.Count ?? 0;
        if (actual != 0 && actual != declared.Partitions)
            Log.TopicDiffers(logger, declared.Name, actual, declared.Partitions);
    }

    private static bool IsTransient(Error error) =>
        error.IsLocalError || error.Code is ErrorCode.RequestTimedOut or ErrorCode.NotController or ErrorCode.InvalidReplicationFactor
            or ErrorCode.NetworkException or ErrorCode.ThrottlingQuotaExceeded;

    private static TopicSpecification Specify(TopicDeclaration topic) => new()
    {
        Name = topic.Name,
        NumPartitions = topic.Partitions,
        ReplicationFactor = topic.ReplicationFactor,
        Configs = new Dictionary<string, string>
        {
            ["retention.ms"] = ((long)topic.Retention.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["cleanup.policy"] = topic.CleanupPolicy,
        },
    };
}
