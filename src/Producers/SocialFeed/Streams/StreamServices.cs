namespace EventSourcing.SocialFeed.Streams;

/// <summary>Adds the streams.</summary>
internal static class StreamServices
{
    // A stream is opened again by its reader, which knows where; a handler's retries and time limits would only be in its way.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is experimental; there is no other way to opt out of a default handler.
    public static IServiceCollection AddStreams(this IServiceCollection services)
    {
        services.AddHttpClient(StreamWorker.HttpClientName, static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .RemoveAllResilienceHandlers()
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        services.AddSingleton<StreamHealth>().AddSingleton<StreamPosts>();
        services.AddHealthChecks().AddCheck<StreamHealth>("streams");
        services.AddHostedService<StreamWorker>();
        return services;
    }
#pragma warning restore EXTEXP0001
}
