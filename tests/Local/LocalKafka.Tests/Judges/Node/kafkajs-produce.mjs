import { client, CompressionTypes, Partitioners } from './kafkajs-client.mjs'
import { answer, request } from './request.mjs'

const producer = client(request.brokers).producer({
  createPartitioner: Partitioners.DefaultPartitioner,
  idempotent: request.idempotent,
  maxInFlightRequests: request.idempotent ? 1 : undefined,
  allowAutoTopicCreation: false
})

await producer.connect()
const positions = []
for (let start = 0; start < request.records.length; start += request.batchSize) {
  positions.push(...await producer.send({
    topic: request.topic,
    acks: -1,
    compression: CompressionTypes[request.compression],
    messages: request.records.slice(start, start + request.batchSize)
  }))
}
await producer.disconnect()
answer(positions.map(({ partition, errorCode, baseOffset }) => ({ partition, errorCode, baseOffset: Number(baseOffset) })))
