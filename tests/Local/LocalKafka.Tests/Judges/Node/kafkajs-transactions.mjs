import { client, Partitioners } from './kafkajs-client.mjs'
import { answer, collector, request } from './request.mjs'

const kafka = client(request.brokers)
const producer = kafka.producer({
  createPartitioner: Partitioners.DefaultPartitioner,
  transactionalId: request.transactionalId,
  idempotent: true,
  maxInFlightRequests: 1
})
await producer.connect()

// Every other transaction is aborted; each sends its number and moves the group to it.
for (let number = 0; number < request.transactions; number++) {
  const transaction = await producer.transaction()
  await transaction.send({ topic: request.topic, messages: [{ key: `${number}`, value: `${number}` }] })
  await transaction.sendOffsets({
    consumerGroupId: request.group,
    topics: [{ topic: request.topic, partitions: [{ partition: 0, offset: `${number}` }] }]
  })
  if (number % 2 === 0) await transaction.commit()
  else await transaction.abort()
}
await producer.disconnect()

const collected = collector(request.transactions / 2, request.deadlineMs)
const consumer = kafka.consumer({ groupId: `${request.group}-reader`, readUncommitted: false })
await consumer.connect()
await consumer.subscribe({ topics: [request.topic], fromBeginning: true })
await consumer.run({
  eachMessage: async ({ partition, message }) => collected.add({ partition, offset: message.offset, value: message.value.toString() })
})
const records = await collected.done
await consumer.disconnect()

const admin = kafka.admin()
await admin.connect()
const [{ partitions }] = await admin.fetchOffsets({ groupId: request.group, topics: [request.topic] })
await admin.disconnect()
answer({ values: records.map(record => record.value), committed: Number(partitions.find(({ partition }) => partition === 0).offset) })
