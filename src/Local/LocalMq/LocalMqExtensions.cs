namespace EventSourcing.LocalMq;

/// <summary>Adds the embedded queue.</summary>
internal static class LocalMqExtensions
{
    /// <summary>Adds the options, read from the configuration's root so that <c>--port</c> works, and the worker that hosts the broker.</summary>
    public static IHostApplicationBuilder AddLocalMq(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<LocalMqOptions, LocalMqOptionsValidator>().Configure(options =>
        {
            options.Port = builder.Configuration.GetValue("port", LocalMqOptions.AmqpPort);
            options.DataDirectory = builder.Configuration["data"] ?? "mq-data";
            options.MaxBytes = builder.Configuration.GetValue("max-bytes", options.MaxBytes);
            options.MaxQueues = builder.Configuration.GetValue("max-queues", options.MaxQueues);
            options.MaxMessageBytes = builder.Configuration.GetValue("max-message-bytes", options.MaxMessageBytes);
            options.HealthPort = builder.Configuration.GetValue("health-port", options.HealthPort);
        });
        builder.Services.AddSingleton<LocalMqWorker>();
        builder.Services.AddHostedService(static services => services.GetRequiredService<LocalMqWorker>());
        builder.Services.AddHostedService<HealthEndpoint>();
        return builder;
    }
}
