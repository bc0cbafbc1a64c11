using EventSourcing.LocalMq;

var builder = Host.CreateApplicationBuilder(args);
builder.AddLocalMq();                  // the AMQP 1.0 queue: --port, --data, --max-bytes, --max-queues, --health-port
await builder.Build().RunAsync();
