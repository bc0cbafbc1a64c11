using System.Text.Json;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.Fulfillment.Contracts;
using EventSourcing.Fulfillment.Process;
using EventSourcing.HttpIntake;

namespace EventSourcing.Fulfillment.Outbox;

/// <summary>A step on its way to Kafka.</summary>
internal sealed record RelayedStep(long Sequence, Guid Id, string InstanceId, string Payload, DateTimeOffset Time, string? TraceParent)
{
    // The CloudEvents extension for business activity monitoring.
    private static readonly CloudEventAttribute[] Extensions =
    [
        .. EventAttributes.All, Text("bamtxid"), Text("bampid"), Text("bamptxid"), Text("bamptxsid"), Text("bamptxsstatus"),
        CloudEventAttribute.CreateExtension("bamptxcompleted", CloudEventAttributeType.Boolean),
    ];

    /// <summary>True when the topic may have it already: the record is then marked.</summary>
    public bool MayBeStored { get; set; }

    /// <summary>The event.</summary>
    public CloudEvent ToCloudEvent(Uri source, EventCatalog catalog)
    {
        var step = JsonSerializer.Deserialize(Payload, FulfillmentJson.Default.ProcessStep)!;
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, Extensions)
        {
            Id = Id.ToString(),
            Source = source,
            Type = ProcessStep.EventType,
            Subject = InstanceId,
            Time = Time,
            DataContentType = JsonData.ContentType,
            DataSchema = catalog.Find(ProcessStep.EventType)!.SchemaUri,
            Data = JsonSerializer.SerializeToUtf8Bytes(step, FulfillmentJson.Default.ProcessStep),
            [EventAttributes.PartitionKey] = InstanceId,
            [EventAttributes.Sequence] = EventAttributes.FormatSequence(Sequence),
            ["bamtxid"] = InstanceId,
            ["bampid"] = ProcessModel.Id,
            ["bamptxid"] = step.Transaction,
            ["bamptxsid"] = step.Step,
            ["bamptxsstatus"] = step.Status,
        };
        if (step.To == ProcessModel.Ended)
            cloudEvent["bamptxcompleted"] = step.Ending == ProcessModel.Completed;
        if (TraceParent is not null)
            cloudEvent[EventAttributes.TraceParent] = TraceParent;
        return cloudEvent;
    }

    private static CloudEventAttribute Text(string name) => CloudEventAttribute.CreateExtension(name, CloudEventAttributeType.String);
}
