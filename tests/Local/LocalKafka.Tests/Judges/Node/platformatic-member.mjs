// A member of a group until it is ended. Its subscription has the fields of version 0 under the number 1, which other libraries, when they lead the group,
// read as a member without topics: so it is told to say 0.
import { Consumer, MessagesStreamFallbackModes, MessagesStreamModes } from '@platformatic/kafka'

const [brokers, topic] = process.argv.slice(2)
const consumer = new Consumer({ clientId: 'judge', bootstrapBrokers: [brokers], groupId: topic, protocols: [{ name: 'roundrobin', version: 0 }] })
const stream = await consumer.consume({
  topics: [topic],
  mode: MessagesStreamModes.COMMITTED,
  fallbackMode: MessagesStreamFallbackModes.EARLIEST,
  autocommit: 200,
  sessionTimeout: 10000,
  heartbeatInterval: 500
})
stream.on('data', () => {})
