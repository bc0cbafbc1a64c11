import { readFileSync } from 'node:fs'
import kafkajs from 'kafkajs'
import { answer, request } from './request.mjs'

const kafka = new kafkajs.Kafka({
  clientId: 'judge',
  brokers: [request.brokers],
  ssl: request.certificate ? { ca: [readFileSync(request.certificate, 'utf8')] } : false,
  sasl: request.mechanism ? { mechanism: request.mechanism.toLowerCase(), username: request.user, password: request.password } : undefined,
  logLevel: kafkajs.logLevel.NOTHING,
  retry: { retries: 1 }
})

try {
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner })
  await producer.connect()
  await producer.send({ topic: request.topic, messages: request.values.map(value => ({ value })) })
  await producer.disconnect()

  const consumer = kafka.consumer({ groupId: request.topic })
  await consumer.connect()
  await consumer.subscribe({ topic: request.topic, fromBeginning: true })
  const values = []
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, event => reject(event.payload.error))
    consumer.run({
      eachMessage: async ({ message }) => {
        values.push(message.value.toString())
        if (values.length === request.values.length) resolve()
      }
    }).catch(reject)
  })
  await consumer.disconnect()
  answer({ values, error: null })
} catch (error) {
  answer({ values: [], error: `${error.name}: ${error.message}` })
}
