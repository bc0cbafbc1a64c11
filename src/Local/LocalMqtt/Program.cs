using EventSourcing.LocalMqtt;

var builder = Host.CreateApplicationBuilder(args);
builder.AddLocalMqtt();                // the MQTT 5 host: --port, --max-queued
await builder.Build().RunAsync();
