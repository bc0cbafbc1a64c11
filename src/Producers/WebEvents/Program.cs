using EventSourcing.WebEvents;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddWebEvents();                // options, routes, validation, collectors
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapWebEventsEndpoints();           // POST /events, POST /beacon, gRPC Collector, /tracker.js, /schemas
await app.RunAsync();
