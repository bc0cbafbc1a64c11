using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SocialFeed.Intake;
using EventSourcing.SocialFeed.Options;
using EventSourcing.SocialFeed.Payloads;
using EventSourcing.SocialFeed.Streams;
using EventSourcing.SocialFeed.Telemetry;
using EventSourcing.SocialFeed.Webhooks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed;

/// <summary>This service's parts, for its Program.cs and its tests.</summary>
internal static class SocialFeedExtensions
{
    /// <summary>Adds options, the route onto <c>social-posts</c>, the payload store, the webhooks and the streams, which stop first.</summary>
    public static WebApplicationBuilder AddSocialFeed(this WebApplicationBuilder builder)
    {
        builder.AddEventBackbone("kafka", Routes.SocialPosts);
        AddOptions(builder.Services);
        builder.Services.AddProblemDetails();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SocialFeedTelemetry>();
        builder.Services.AddSingleton<PayloadStore>().AddSingleton<PayloadEndpoint>().AddHostedService<PayloadSweeper>();
        builder.Services.AddSingleton<ClaimCheck>().AddSingleton<PostPreparation>().AddSingleton<DeadLetters>().AddSingleton<PostIntake>();
        builder.Services.AddSingleton<Feeds>().AddSingleton<WebhookBudget>().AddSingleton<JsonPosts>().AddSingleton<RawPosts>().AddSingleton<WebhookEndpoint>();
        builder.Services.AddStreams();
        return builder;
    }

    /// <summary>Maps the public surface.</summary>
    public static WebApplication MapSocialFeedEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        app.UseStatusCodePages();
        app.MapPost("/webhooks/{feed}", (WebhookEndpoint endpoint, string feed, HttpRequest request, CancellationToken stop) =>
            endpoint.PostAsync(feed, request, stop)).WithBodiesLimitedByIntake();
        app.MapMethods("/payloads/{hash}", [HttpMethods.Get, HttpMethods.Head], (PayloadEndpoint endpoint, string hash, HttpResponse response) =>
            endpoint.Get(hash, response));
        return app;
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookOptions, WebhookOptionsValidator>().BindConfiguration(WebhookOptions.SectionName);
        services.AddOptionsWithValidateOnStart<PayloadOptions, PayloadOptionsValidator>().BindConfiguration(PayloadOptions.SectionName);
        services.AddOptionsWithValidateOnStart<StreamOptions, StreamOptionsValidator>().BindConfiguration(StreamOptions.SectionName);
        services.AddSingleton<IValidateOptions<WebhookOptions>, OptionsConsistency>();
        services.AddSingleton<IValidateOptions<PayloadOptions>, OptionsConsistency>();
        services.AddSingleton<IValidateOptions<StreamOptions>, OptionsConsistency>();
    }

    // What the server itself finds wrong with a request (a body cut short, headers too long) keeps its own status.
    private static int StatusOf(Exception exception) =>
        exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
}
