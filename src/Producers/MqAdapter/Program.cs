using EventSourcing.MqAdapter;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddMqAdapter();                // routes, decoders, the AMQP source
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapMqAdapterEndpoints();           // GET /schemas/{type}
await app.RunAsync();
