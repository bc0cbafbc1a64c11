using EventSourcing.Receipts;
using EventSourcing.Warehouse.Options;
using EventSourcing.Warehouse.Stock;
using EventSourcing.Warehouse.Telemetry;

namespace EventSourcing.Warehouse;

/// <summary>What the simulator consists of.</summary>
internal static class WarehouseExtensions
{
    /// <summary>Adds the terminals and the reports of their receipts; the reporter stops last.</summary>
    public static IHostApplicationBuilder AddWarehouse(this IHostApplicationBuilder builder)
    {
        builder.AddReceiptReporting();
        builder.Services.AddOptionsWithValidateOnStart<WarehouseOptions, WarehouseOptionsValidator>().BindConfiguration(WarehouseOptions.SectionName);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<WarehouseTelemetry>();
        builder.Services.AddHostedService<WarehouseWorker>();
        return builder;
    }
}
