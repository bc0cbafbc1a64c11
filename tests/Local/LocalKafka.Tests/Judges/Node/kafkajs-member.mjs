// A member of a group until it is ended. kafkajs calls its round robin assignor by a name of its own; under the common one it can be in a group with others.
import kafkajs from 'kafkajs'
import { client } from './kafkajs-client.mjs'

const [brokers, topic] = process.argv.slice(2)
const roundRobin = environment => {
  const assigner = kafkajs.PartitionAssigners.roundRobin(environment)
  return { ...assigner, name: 'roundrobin', protocol: subscription => ({ ...assigner.protocol(subscription), name: 'roundrobin' }) }
}
const consumer = client(brokers).consumer({ groupId: topic, partitionAssigners: [roundRobin], heartbeatInterval: 500, rebalanceTimeout: 10000 })
await consumer.connect()
await consumer.subscribe({ topics: [topic], fromBeginning: true })
await consumer.run({ autoCommitInterval: 200, eachMessage: async () => {} })
