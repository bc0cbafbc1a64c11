using EventSourcing.SensorIngest;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddSensorIngest();             // routes, registry, intake, MQTT and HTTP
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapSensorIngestEndpoints();        // POST /readings, POST /assets, GET /schemas/{type}
await app.RunAsync();
