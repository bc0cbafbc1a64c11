using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary><c>GET /tracker.js</c>: the browser tracker, cached for an hour and then revalidated by its hash.</summary>
internal sealed class TrackerEndpoint
{
    private readonly byte[] _script = ReadScript();
    private readonly EntityTagHeaderValue _tag;

    public TrackerEndpoint() => _tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(_script))[..16]}\"");

    public IResult Get(HttpResponse response)
    {
        response.Headers.CacheControl = "public, max-age=3600";
        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Bytes(_script, "text/javascript; charset=utf-8", entityTag: _tag);
    }

    private static byte[] ReadScript()
    {
        using var resource = typeof(TrackerEndpoint).Assembly.GetManifestResourceStream("tracker.js")
            ?? throw new InvalidOperationException("The assembly was built without its resource tracker.js.");
        var script = new byte[resource.Length];
        resource.ReadExactly(script);
        return script;
    }
}
