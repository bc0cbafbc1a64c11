using System.Globalization;
using System.Text;
using EventSourcing.PumpSimulator.Model;

namespace EventSourcing.PumpSimulator.Compat;

/// <summary>
/// The original's bytes: JSON as Gson 1.7.1 writes it, without spaces, members in the order of the fields, nulls left out, HTML characters
/// escaped, dates in the original's two formats.
/// </summary>
internal static class GsonText
{
    /// <summary>A new asset; its date is <c>yyyy-MM-dd'T'HH:mm:ssX</c>.</summary>
    public static string Asset(PumpAsset asset)
    {
        var json = new StringBuilder("{");
        Member(json, "id", asset.Id);
        Member(json, "os", asset.Os);
        Member(json, "version", asset.Version);
        Member(json, "type", asset.Type);
        Member(json, "ipAddress", asset.IpAddress);
        Member(json, "antivirus", asset.Antivirus);
        Member(json, "rotation", asset.Rotation);
        Member(json, "current", asset.Current);
        Member(json, "pressure", asset.Pressure);
        Member(json, "flowRate", asset.FlowRate);
        Member(json, "temperature", asset.Temperature);
        Member(json, "riskRating", asset.RiskRating);
        Member(json, "latitude", asset.Latitude);
        Member(json, "longitude", asset.Longitude);
        Member(json, "creationDate", asset.CreationDate is { } date ? IsoDate(date) : null);
        return json.Append('}').ToString();
    }

    /// <summary>A metric event; its date is Java's default for the locale en_US: <c>Nov 23, 2026 7:36:28 PM</c>.</summary>
    public static string Metric(string assetId, Metrics metrics, DateTimeOffset time)
    {
        var json = new StringBuilder("{");
        Member(json, "assetId", assetId);
        Member(json, "rotation", metrics.Rotation);
        Member(json, "current", metrics.Current);
        Member(json, "pressure", metrics.Pressure);
        Member(json, "flowRate", metrics.FlowRate);
        Member(json, "temperature", metrics.Temperature);
        Member(json, "timeStamp", time.ToString("MMM d, yyyy h:mm:ss tt", CultureInfo.InvariantCulture));
        return json.Append('}').ToString();
    }

    // Java's X: the offset's hours alone, and Z for none.
    private static string IsoDate(DateTimeOffset date) =>
        date.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
        + (date.Offset == TimeSpan.Zero ? "Z" : $"{(date.Offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(date.Offset.Hours):00}");

    private static void Member(StringBuilder json, string name, int value) =>
        Name(json, name).Append(value.ToString(CultureInfo.InvariantCulture));

    private static void Member(StringBuilder json, string name, string? value)
    {
        if (value is null)
            return;
        Name(json, name).Append('"');
        foreach (var c in value)
            Escape(json, c);
        json.Append('"');
    }

    private static StringBuilder Name(StringBuilder json, string name) =>
        json.Append(json.Length == 1 ? "" : ",").Append('"').Append(name).Append("\":");

    private static void Escape(StringBuilder json, char c) => _ = c switch
    {
        '"' => json.Append("\\\""),
        '\\' => json.Append("\\\\"),
        '\t' => json.Append("\\t"),
        '\b' => json.Append("\\b"),
        '\n' => json.Append("\\n"),
        '\r' => json.Append("\\r"),
        '\f' => json.Append("\\f"),
        '<' or '>' or '&' or '=' or '\'' or '\u2028' or '\u2029' or < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
        _ => json.Append(c),
    };
}
