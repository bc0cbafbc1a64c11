using EventSourcing.Ledger;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();      // health, OpenTelemetry, service discovery, resilience
builder.AddLedger();               // reads every topic, takes receipts, keeps the tap
var app = builder.Build();
app.MapDefaultEndpoints();         // /health, /alive
app.MapLedgerEndpoints();          // /receipts, /ledger, /tap
await app.RunAsync();
