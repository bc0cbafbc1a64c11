namespace EventSourcing.LocalMqtt;

/// <summary>Adds the embedded MQTT host.</summary>
internal static class LocalMqttExtensions
{
    /// <summary>Adds the options, read from the configuration's root so that <c>--port</c> works, and the worker that hosts the server.</summary>
    public static IHostApplicationBuilder AddLocalMqtt(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<LocalMqttOptions, LocalMqttOptionsValidator>().Configure(options =>
        {
            options.Port = builder.Configuration.GetValue("port", options.Port);
            options.MaxQueued = builder.Configuration.GetValue("max-queued", options.MaxQueued);
        });
        builder.Services.AddHostedService<LocalMqttWorker>();
        return builder;
    }
}
