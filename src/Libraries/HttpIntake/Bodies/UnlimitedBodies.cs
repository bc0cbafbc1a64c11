using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;

namespace EventSourcing.HttpIntake;

/// <summary>Endpoints whose bodies are limited by <see cref="RequestBody"/>.</summary>
public static class UnlimitedBodies
{
    /// <summary>
    /// Takes the server's own limit off. With it, the server would close the connection instead of reading a too large body to its end, and the
    /// sender, still sending, might never see why it was refused. The rest of a refused body is read and thrown away.
    /// </summary>
    public static TBuilder WithBodiesLimitedByIntake<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new DisableRequestSizeLimitAttribute());
}
