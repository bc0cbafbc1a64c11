global using ConsumedRecord = Confluent.Kafka.ConsumeResult<byte[]?, byte[]?>;
global using Record = Confluent.Kafka.Message<byte[]?, byte[]?>;
global using RecordReport = Confluent.Kafka.DeliveryReport<byte[]?, byte[]?>;
