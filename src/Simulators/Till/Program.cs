using EventSourcing.Till;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();          // OpenTelemetry, service discovery
builder.AddTills();                    // options, the tills, receipts to the ledger
await builder.Build().RunAsync();
