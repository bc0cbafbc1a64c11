using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Options;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Proxy;

/// <summary>Bodies that are passed on are streamed, never held, and no larger than a batch may be.</summary>
internal sealed class ProxyBodyLimit(IOptions<MobileOptions> options)
{
    public Task InvokeAsync(HttpContext context, Func<Task> next)
    {
        var limit = options.Value.MaxBodyBytes;
        if (context.Request.ContentLength > limit)
            return new RefusalResult(IntakeRefusals.BodyTooLarge(limit)).ExecuteAsync(context);
        if (context.Request.ContentLength is null && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = limit;                // no length announced: the server counts
        return next();
    }
}
