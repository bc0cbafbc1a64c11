import { client } from './kafkajs-client.mjs'
import { answer, collector, request } from './request.mjs'

const collected = collector(request.count, request.deadlineMs)
const consumer = client(request.brokers).consumer({ groupId: request.group })
await consumer.connect()
await consumer.subscribe({ topics: [request.topic], fromBeginning: true })
await consumer.run({
  eachMessage: async ({ partition, message }) => collected.add({
    partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? null,
    value: message.value?.toString() ?? null,
    headers: Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, value.toString()]))
  })
})

const records = await collected.done
await consumer.disconnect()
answer(records)
