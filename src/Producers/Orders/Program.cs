using EventSourcing.Orders;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();          // health, OpenTelemetry, service discovery, resilience
builder.AddOrders();                   // options, database, outbox and its relay
var app = builder.Build();
app.MapDefaultEndpoints();             // /health, /alive
app.MapOrdersEndpoints();              // POST /orders, POST /orders/{id}/cancel, GET /orders/{id}, /schemas
await app.RunAsync();
