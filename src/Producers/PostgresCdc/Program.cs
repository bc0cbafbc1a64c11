using EventSourcing.PostgresCdc;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddPostgresCdc();              // routes, the captured tables, the capture itself
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapPostgresCdcEndpoints();         // GET /schemas/{type}
await app.RunAsync();
