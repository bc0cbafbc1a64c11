using EventSourcing.Firehose.Options;
using EventSourcing.Firehose.Posts;
using EventSourcing.Firehose.Streaming;
using EventSourcing.Firehose.Telemetry;
using EventSourcing.Receipts;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EventSourcing.Firehose;

/// <summary>What the simulator consists of.</summary>
internal static class FirehoseExtensions
{
    /// <summary>Adds the networks, the stream and the reports of their receipts; the reporter stops last.</summary>
    public static WebApplicationBuilder AddFirehose(this WebApplicationBuilder builder)
    {
        builder.AddReceiptReporting();
        builder.Services.AddOptionsWithValidateOnStart<FirehoseOptions, FirehoseOptionsValidator>().BindConfiguration(FirehoseOptions.SectionName);
        builder.Services.AddProblemDetails();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RunId>().AddSingleton<FirehoseTelemetry>().AddSingleton<PostStream>().AddSingleton<FeedEndpoints>();
        AddHttp(builder.Services);
        builder.Services.AddHostedService<FirehoseWorker>();
        return builder;
    }

    /// <summary>Maps the stream.</summary>
    public static WebApplication MapFirehoseEndpoints(this WebApplication app)
    {
        app.MapGet("/feed", (FeedEndpoints feed, HttpRequest request, CancellationToken stop) => feed.Get(request, stop));
        app.MapPost("/feed/committed", (FeedEndpoints feed, HttpRequest request, CommittedCursor committed) => feed.Commit(request, committed));
        return app;
    }

    // A retry behind the networks' back could store a post twice without a mark: they retry themselves.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is experimental; there is no other way to opt out of a default handler.
    private static void AddHttp(IServiceCollection services) => services
        .AddHttpClient(FirehoseWorker.HttpClientName, static http => http.Timeout = TimeSpan.FromSeconds(30))
        .AddServiceDiscovery()
        .RemoveAllResilienceHandlers()
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
#pragma warning restore EXTEXP0001
}
