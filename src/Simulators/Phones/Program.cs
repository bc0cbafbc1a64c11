using EventSourcing.Phones;

var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddServiceDefaults();          // OpenTelemetry, service discovery
builder.AddPhones();                   // options, the phones, receipts to the ledger
await builder.Build().RunAsync();
