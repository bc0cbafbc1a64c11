using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>Which streams are being read. One that is away does not keep the service from taking webhooks, so it is degraded, never unhealthy.</summary>
internal sealed class StreamHealth : IHealthCheck
{
    private readonly ConcurrentDictionary<string, string> _away = new(StringComparer.Ordinal);

    /// <summary>The stream is away; true when that is news.</summary>
    public bool Away(string stream, string reason)
    {
        var isNews = !_away.ContainsKey(stream);
        _away[stream] = reason;
        return isNews;
    }

    /// <summary>The stream is being read.</summary>
    public void Reading(string stream) => _away.TryRemove(stream, out _);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var away = _away.ToArray();
        return Task.FromResult(away.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(string.Join("; ", away.Select(static own => $"stream {own.Key}: {own.Value}"))));
    }
}
