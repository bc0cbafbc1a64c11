using EventSourcing.AppHost.Backbone;
using EventSourcing.AppHost.Mq;
using EventSourcing.AppHost.Mqtt;
using EventSourcing.AppHost.Postgres;
using EventSourcing.AppHost.Running;

var builder = DistributedApplication.CreateBuilder(args);

// The backbone and the foreign systems
var kafka = builder.AddKafkaBackbone("kafka");
var mqtt = builder.AddMqttBroker("mqtt");
var mq = builder.AddMqBroker("mq");
var postgres = builder.AddPostgresServer("postgres", "orders", "fulfillment", "warehouse");

// The proof: an independent consumer of every topic
var ledger = builder.AddProject<Projects.Ledger>("ledger")
    .WithReference(kafka).WaitFor(kafka)
    .WithHttpHealthCheck("/health");

// Social networks: they call social-feed, which reads their stream
var firehose = builder.AddProject<Projects.Firehose>("firehose").AsSimulator()
    .WithReference(ledger)
    .WithHttpHealthCheck("/health");

// Sources into Kafka
var webEvents = builder.AddProject<Projects.WebEvents>("web-events")
    .WithReference(kafka).WaitFor(kafka).WithSpool()
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health", endpointName: "http");

var sensorIngest = builder.AddProject<Projects.SensorIngest>("sensor-ingest")
    .WithReference(mqtt).WaitFor(mqtt)
    .WithReference(kafka).WaitFor(kafka).WithSpool()
    .WithReplicas(2).WithLanesPerReplica(2)
    .WithHttpHealthCheck("/health");

var mqAdapter = builder.AddProject<Projects.MqAdapter>("mq-adapter")
    .WithReference(mq).WaitFor(mq)
    .WithReference(kafka).WaitFor(kafka).WithSpool()
    .WithHttpHealthCheck("/health");

var webhookKey = builder.AddRunSecret("webhook-key", prefix: "whsec_");
var socialFeed = builder.AddProject<Projects.SocialFeed>("social-feed")
    .WithReference(firehose)
    .WithReference(kafka).WaitFor(kafka).WithSpool()
    .WithFeed("firehose", webhookKey).WithStream("firehose", path: "feed")
    .WithPayloadStore()
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

builder.AddProject<Projects.PostgresCdc>("postgres-cdc")
    .WithDatabase(postgres, "warehouse")
    .WithReference(kafka).WaitFor(kafka).WithSpool()
    .WithHttpHealthCheck("/health");

// A microservice, and a business process that its events start
var orders = builder.AddProject<Projects.Orders>("orders")
    .WithDatabase(postgres, "orders")
    .WithReference(kafka).WaitFor(kafka).WithSpool()
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

var fulfillment = builder.AddProject<Projects.Fulfillment>("fulfillment")
    .WithDatabase(postgres, "fulfillment")
    .WithReference(kafka).WaitFor(kafka).WithSpool()
    .WithHttpHealthCheck("/health");

// Back end for front end: batches from phones, and the door to the other HTTP services
var deviceKey = builder.AddRunSecret("device-token-key");
var mobileBff = builder.AddProject<Projects.MobileBff>("mobile-bff")
    .WithReference(kafka).WaitFor(kafka).WithSpool()
    .WithReference(webEvents)
    .WithReference(sensorIngest)
    .WithEnvironment("DeviceTokens__Keys__dev", deviceKey).WithRunFolder("Window__Directory", "window")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

// The outside world: devices, browsers, phones, tills, social networks, shoppers, a legacy application, lines of text. It begins when every service is ready.
builder.AddProject<Projects.PumpSimulator>("pump-simulator").AsSimulator()
    .WithReference(mqtt)
    .WithReference(sensorIngest)
    .WithReference(kafka)
    .WithReference(ledger);

builder.AddProject<Projects.Storefront>("storefront").AsSimulator()
    .WithReference(webEvents)
    .WithReference(kafka)
    .WithReference(ledger)
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health");

builder.AddProject<Projects.Phones>("phones").AsSimulator()
    .WithReference(mobileBff)
    .WithEnvironment("Phones__TokenKey", deviceKey)
    .WithReference(ledger);

builder.AddProject<Projects.Till>("till").AsSimulator()
    .WithReference(mq)
    .WithReference(ledger);

firehose.WithReference(socialFeed).WithEnvironment("Firehose__Key", webhookKey);

builder.AddProject<Projects.Shoppers>("shoppers").AsSimulator()
    .WithReference(orders)
    .WithReference(fulfillment)
    .WithEnvironment("Shoppers__Fulfillment", "http://fulfillment")
    .WithReference(ledger);

var warehouse = builder.AddProject<Projects.Warehouse>("warehouse").AsSimulator()
    .WithDatabase(postgres, "warehouse")
    .WithReference(ledger);

builder.AddProject<Projects.TextProducer>("text-producer").AsSimulator()
    .WithReference(kafka)
    .WithReference(ledger);

// A consumer of plain text
builder.AddProject<Projects.TextConsumer>("text-consumer")
    .WithReference(kafka).WaitFor(kafka);

builder.StartSimulatorsLast(except: warehouse); // postgres-cdc is ready when the warehouse's tables are there
builder.TraceWhatCallersTrace();
builder.AddRunReport(ledger);
builder.Build().Run();
