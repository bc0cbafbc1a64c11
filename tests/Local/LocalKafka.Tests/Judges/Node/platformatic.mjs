// @platformatic/kafka: its own protocol implementation with newer API versions than kafkajs. Produces, then consumes in a group.
import { Consumer, MessagesStreamModes, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'
import { answer, collector, request } from './request.mjs'

const connection = { clientId: 'judge', bootstrapBrokers: [request.brokers] }
const producer = new Producer({ ...connection, serializers: stringSerializers, idempotent: request.idempotent })
await producer.send({
  acks: -1,
  compression: request.compression,
  messages: request.records.map(record => ({ topic: request.topic, ...record }))
})
await producer.close()

const collected = collector(request.records.length, request.deadlineMs)
const consumer = new Consumer({ ...connection, groupId: request.group, deserializers: stringDeserializers })
const stream = await consumer.consume({
  topics: [request.topic],
  mode: MessagesStreamModes.EARLIEST,
  autocommit: true,
  sessionTimeout: 10000,
  heartbeatInterval: 1000
})
stream.on('data', ({ partition, offset, key, value, headers }) =>
  collected.add({ partition, offset: Number(offset), key, value, headers: Object.fromEntries(headers) }))

const records = await collected.done
await stream.close()
await consumer.close()
answer(records)
