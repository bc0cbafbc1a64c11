using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace EventSourcing.MobileBff.Proxy;

/// <summary>What the services behind see of a phone: its installation id, never its token. CORS is settled here, so they are not asked.</summary>
internal static class DeviceTransforms
{
    /// <summary>Header with the installation id that the token proved; what a phone sends under that name is thrown away.</summary>
    public const string InstallationHeader = "X-Installation-Id";

    public static void Add(TransformBuilderContext route)
    {
        route.AddRequestHeaderRemove("Authorization");
        route.AddRequestHeaderRemove("Origin");
        route.AddRequestTransform(static transform =>
        {
            transform.ProxyRequest.Headers.Remove(InstallationHeader);
            if (transform.HttpContext.User.Identity?.Name is { } installation)
                transform.ProxyRequest.Headers.TryAddWithoutValidation(InstallationHeader, installation);
            return ValueTask.CompletedTask;
        });
    }
}
