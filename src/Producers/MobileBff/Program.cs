using EventSourcing.MobileBff;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddMobileBff();                // options, device tokens, shares per installation, receipt window, route, proxy
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapMobileBffEndpoints();           // POST /events, /schemas, and the routes of appsettings.json
await app.RunAsync();
