using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Proto;
using Google.Protobuf.WellKnownTypes;
using CheckStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;
using CommandState = Aspire.Hosting.ApplicationModel.ResourceCommandState;
using Icon = Aspire.Hosting.ApplicationModel.IconVariant;
using ProtoResource = Aspire.Hosting.Dashboard.Proto.Resource;

namespace Aspire.Hosting.Dashboard;

/// <summary>Writes a snapshot in the dashboard's words.</summary>
internal static class ResourceMapper
{
    public static ProtoResource ToProto(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        var resource = new ProtoResource
        {
            Name = change.ResourceId,
            Uid = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = snapshot.ResourceType,
            IsHidden = snapshot.IsHidden,
            CreatedAt = Time(snapshot.CreationTimeStamp),
            StartedAt = Time(snapshot.StartTimeStamp),
            StoppedAt = Time(snapshot.StopTimeStamp),
        };
        if (snapshot.State is { } state)
            resource.State = state.Text;
        if (snapshot.State?.Style is { } style)
            resource.StateStyle = style;
        if (snapshot.IconName is { } icon)
            (resource.IconName, resource.IconVariant) = (icon, Variant(snapshot.IconVariant));
        AddParts(resource, snapshot);
        return resource;
    }

    private static void AddParts(ProtoResource resource, CustomResourceSnapshot snapshot)
    {
        resource.Environment.AddRange(snapshot.EnvironmentVariables.Select(v => new EnvironmentVariable { Name = v.Name, Value = v.Value ?? "", IsFromSpec = v.IsFromSpec }));
        resource.Commands.AddRange(snapshot.Commands.Select(ToProto));
        resource.Properties.AddRange(snapshot.Properties.Select(p => new ResourceProperty { Name = p.Name, Value = ToValue(p.Value), IsSensitive = p.IsSensitive }));
        if (snapshot.ExitCode is { } code)
            resource.Properties.Add(new ResourceProperty { Name = "resource.exitCode", Value = Value.ForNumber(code) });
        resource.Urls.AddRange(snapshot.Urls.Select(ToProto));
        resource.HealthReports.AddRange(snapshot.HealthReports.Select(ToProto));
        resource.Relationships.AddRange(snapshot.Relationships.Select(r => new ResourceRelationship { ResourceName = r.ResourceName, Type = r.Type }));
    }

    private static ResourceCommand ToProto(ResourceCommandSnapshot command)
    {
        var proto = new ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            IsHighlighted = command.IsHighlighted,
            IconVariant = Variant(command.IconVariant),
            State = command.State switch
            {
                CommandState.Enabled => Proto.ResourceCommandState.Enabled,
                CommandState.Disabled => Proto.ResourceCommandState.Disabled,
                _ => Proto.ResourceCommandState.Hidden,
            },
        };
        if (command.ConfirmationMessage is { } question)
            proto.ConfirmationMessage = question;
        if (command.IconName is { } icon)
            proto.IconName = icon;
        if (command.DisplayDescription is { } description)
            proto.DisplayDescription = description;
        return proto;
    }

    private static Url ToProto(UrlSnapshot url)
    {
        var proto = new Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            DisplayProperties = new UrlDisplayProperties { DisplayName = url.DisplayProperties.DisplayName, SortOrder = url.DisplayProperties.SortOrder },
        };
        if (url.Name is { } endpoint)
            proto.EndpointName = endpoint;
        return proto;
    }

    private static HealthReport ToProto(HealthReportSnapshot report)
    {
        var proto = new HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = Time(report.LastRunAt),
        };
        if (report.Status is { } status)
            proto.Status = status switch { CheckStatus.Healthy => HealthStatus.Healthy, CheckStatus.Degraded => HealthStatus.Degraded, _ => HealthStatus.Unhealthy };
        return proto;
    }

    private static Proto.IconVariant Variant(Icon? variant) => variant == Icon.Filled ? Proto.IconVariant.Filled : Proto.IconVariant.Regular;

    private static Value ToValue(object? value) => value switch
    {
        null => Value.ForNull(),
        bool b => Value.ForBool(b),
        int or long or double => Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IEnumerable<string> texts => Value.ForList([.. texts.Select(Value.ForString)]),
        _ => Value.ForString(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static Timestamp? Time(DateTime? time) => time is { } t ? Timestamp.FromDateTime(DateTime.SpecifyKind(t, DateTimeKind.Utc)) : null;
}
