using System.Text.Json.Nodes;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>A sample as a CloudEvent in the JSON format, version 1.0.</summary>
internal static class SampleEvent
{
    /// <summary>The event of this type; its subject is the sample's key.</summary>
    public static JsonObject Of(Sample sample, string type, JsonObject data)
    {
        var json = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = sample.Token,
            ["source"] = $"/contract/{sample.Key}",
            ["type"] = type,
            ["subject"] = sample.Key,
            ["time"] = DateTimeOffset.UtcNow,
            ["datacontenttype"] = "application/json",
            ["data"] = data,
        };
        if (sample.TraceParent is not null)
            json["traceparent"] = sample.TraceParent;
        return json;
    }

    /// <summary>Says of a repeated sample that it may be a copy.</summary>
    public static JsonObject Marked(this JsonObject json, Sample sample)
    {
        if (sample.IsRepeated)
            json["redelivery"] = "possible-duplicate";
        return json;
    }
}
