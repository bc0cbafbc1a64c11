using EventSourcing.SocialFeed;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddSocialFeed();               // options, route, payload store, webhooks, streams
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapSocialFeedEndpoints();          // POST /webhooks/{feed}, GET /payloads/{sha256}
await app.RunAsync();
