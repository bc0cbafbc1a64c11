using EventSourcing.Firehose;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddFirehose();                 // the networks, their stream, and what they were told
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapFirehoseEndpoints();            // GET /feed, POST /feed/committed
await app.RunAsync();
