using EventSourcing.Storefront;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddStorefront();               // the shop, its own Kafka client, the shoppers and what they were told
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapStorefrontEndpoints();          // the shop's pages
await app.RunAsync();
