using System.Diagnostics;
using System.Text.Json;
using Aspire.Hosting;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>One kind of producer, driven from outside by its own protocol with clients of this test.</summary>
public abstract class ProducerKind(DistributedApplication app) : IAsyncDisposable
{
    /// <summary>As the matrix names it.</summary>
    public string Name => GetType().Name[..^"Kind".Length];

    /// <summary>The service.</summary>
    public abstract string Resource { get; }

    /// <summary>The topic of its events.</summary>
    public abstract string Topic { get; }

    /// <summary>CloudEvents type of the events that samples become.</summary>
    public abstract string EventType { get; }

    /// <summary>Cases that say nothing about this kind, with the reason.</summary>
    public virtual IReadOnlyDictionary<string, string> NotApplicable { get; } = new Dictionary<string, string>();

    /// <summary>False when the sender cannot be told of a refusal: then the event must be a dead letter.</summary>
    public virtual bool TellsItsSender => true;

    /// <summary>False for a service of commands: a refused command is nobody's event.</summary>
    public virtual bool BuriesMalformed => true;

    protected DistributedApplication App { get; } = app;

    /// <summary>What the topology must know before a key's first sample.</summary>
    public virtual Task PrepareAsync(string key, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Sends once and returns what came back; whatever the network does is an answer. A sample that is not traced begins no trace.</summary>
    public async Task<Answer> SendAsync(Sample sample, CancellationToken stop)
    {
        using var notRecorded = sample.TraceParent is null ? new Activity("send").Start() : null;     // goes with HTTP requests
        return await SendOnceAsync(sample, stop);
    }

    /// <summary>The record key that the sample must have.</summary>
    public virtual string KeyOf(Sample sample) => sample.Key;

    /// <summary>Fails unless the record's data are what was sent.</summary>
    public abstract void AssertData(Sample sample, JsonElement data);

    /// <summary>The number of a sample in a record of the topic; null when the record is none of that key's.</summary>
    public virtual int? NumberOf(string key, KcatRecord record) => Sample.Find(key, record.Value) ?? Sample.Find(key, record.Header("ce_id"));

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>As <see cref="SendAsync"/>, by the kind's own protocol.</summary>
    protected abstract Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop);
}
