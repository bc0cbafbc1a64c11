using EventSourcing.Fulfillment;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddFulfillment();              // options, database, orders in, the process, steps out, the conformance view
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapFulfillmentEndpoints();         // GET /conformance, /steps, /schemas
await app.RunAsync();
