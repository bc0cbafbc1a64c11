using EventSourcing.Shoppers;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();          // OpenTelemetry, service discovery
builder.AddShoppers();                 // options, the sales channels, receipts to the ledger
await builder.Build().RunAsync();
