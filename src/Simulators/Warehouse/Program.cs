using EventSourcing.Warehouse;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();          // OpenTelemetry, service discovery
builder.AddWarehouse();                // options, the terminals, receipts to the ledger
await builder.Build().RunAsync();
