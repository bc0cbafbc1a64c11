namespace EventSourcing.Ledger;

/// <summary>Composes the ledger.</summary>
internal static class LedgerExtensions
{
    /// <summary>Adds options, clients, workers, the book and the tap.</summary>
    public static WebApplicationBuilder AddLedger(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<LedgerOptions, LedgerOptionsValidator>()
            .BindConfiguration(LedgerOptions.SectionName)
            .PostConfigure<IConfiguration>(static (options, configuration) =>
            {
                if (options.BootstrapServers.Length == 0)
                    options.BootstrapServers = configuration.GetConnectionString(LedgerOptions.ConnectionName) ?? string.Empty;
                if (options.Topics.Count == 0)
                    options.Topics = LedgerOptions.DefaultTopics;
            });
        services.AddProblemDetails();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<LedgerBook>();
        services.AddSingleton<EventTap>();
        services.AddSingleton<LedgerTelemetry>();
        services.AddSingleton<LedgerClients>();
        services.AddSingleton<NewPartitions>();
        services.AddSingleton<Settlement>();
        services.AddSingleton<PartitionWatcher>();
        services.AddHostedService(static provider => provider.GetRequiredService<PartitionWatcher>());
        services.AddHostedService<TopicReader>();
        services.AddHealthChecks().AddCheck<BrokerHealthCheck>("kafka");
        return builder;
    }

    /// <summary>Maps receipts, the ledger and the tap.</summary>
    public static WebApplication MapLedgerEndpoints(this WebApplication app)
    {
        app.MapReceipts();
        app.MapLedger();
        app.MapTap();
        return app;
    }
}
