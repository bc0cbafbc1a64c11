// Several members of one group: waits until every partition has exactly one owner and every member a share, then produces and consumes.
import { client } from './kafkajs-client.mjs'
import { answer, collector, request } from './request.mjs'

const { brokers, topic, group, records, deadlineMs } = request
const collected = collector(records.length, deadlineMs)
const shares = new Array(request.members).fill([])
let settled
const balanced = new Promise((resolve, reject) => {
  settled = () => {
    const owned = shares.flat()
    if (owned.length === request.partitions && new Set(owned).size === owned.length && shares.every(share => share.length > 0)) resolve()
  }
  setTimeout(() => reject(new Error(`the group did not settle: ${JSON.stringify(shares)}`)), deadlineMs).unref()
})

const members = shares.map((_, member) => {
  const consumer = client(brokers).consumer({ groupId: group, rebalanceTimeout: 10000, sessionTimeout: 10000, heartbeatInterval: 500 })
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    shares[member] = payload.memberAssignment[topic] ?? []
    settled()
  })
  return consumer
})
await Promise.all(members.map(async (consumer, member) => {
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    eachMessage: async ({ partition, message }) => collected.add({
      member,
      partition,
      offset: Number(message.offset),
      key: message.key?.toString() ?? null,
      value: message.value?.toString() ?? null,
      headers: Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, value.toString()]))
    })
  })
}))

await balanced
const producer = client(brokers).producer({ allowAutoTopicCreation: false })
await producer.connect()
await producer.send({ topic, messages: records })
await producer.disconnect()
const received = await collected.done
await Promise.all(members.map(consumer => consumer.disconnect()))
answer(received)
