using System.Globalization;

namespace EventSourcing.MobileBff.Tests.Support;

/// <summary>Events as JSON, as a phone writes them.</summary>
internal static class Sample
{
    public const string GoodData = """{"sessionId":"s-1","screen":"home"}""";

    /// <summary>An installation that no other test uses.</summary>
    public static string NewInstallation() => $"i-{Guid.NewGuid():N}";

    public static string SourceOf(string installation) => $"/phones/tests/{installation}";

    public static string Event(string installation, int number, string data = GoodData, string? subject = null, DateTimeOffset? time = null, string more = "") =>
        $$$"""
        {"specversion":"1.0","id":"{{{number}}}","source":"{{{SourceOf(installation)}}}","type":"io.eventsourcing.mobile.screen-view.v1","subject":"{{{subject ?? installation}}}",
         "time":"{{{(time ?? DateTimeOffset.UtcNow).ToString("O", CultureInfo.InvariantCulture)}}}","sequence":"{{{number:D12}}}","datacontenttype":"application/json"{{{more}}},"data":{{{data}}}}
        """;

    public static string Batch(params IEnumerable<string> events) => $"[{string.Join(',', events)}]";

    public static string Batch(string installation, int first, int count) =>
        Batch(Enumerable.Range(first, count).Select(number => Event(installation, number)));
}
