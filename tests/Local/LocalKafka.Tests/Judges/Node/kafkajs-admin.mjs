import { client, ConfigResourceTypes } from './kafkajs-client.mjs'
import { answer, eventually, request } from './request.mjs'

const { topic, group, brokers } = request
const admin = client(brokers).admin()
await admin.connect()

const created = await admin.createTopics({
  topics: [{ topic, numPartitions: 2, replicationFactor: 1, configEntries: [{ name: 'retention.ms', value: '600000' }] }]
})
const createdAgain = await admin.createTopics({ topics: [{ topic, numPartitions: 2, replicationFactor: 1 }] })
await admin.createPartitions({ topicPartitions: [{ topic, count: 4 }] })
const { topics: [metadata] } = await eventually(() => admin.fetchTopicMetadata({ topics: [topic] }), ({ topics: [own] }) => own.partitions.length === 4)

const producer = client(brokers).producer({ allowAutoTopicCreation: false })
await producer.connect()
await producer.send({ topic, messages: Array.from({ length: 10 }, (_, i) => ({ partition: 3, value: `${i}` })) })
await producer.disconnect()

const { resources: [configuration] } = await admin.describeConfigs({
  includeSynonyms: false,
  resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }]
})
await admin.setOffsets({ groupId: group, topic, partitions: [{ partition: 3, offset: '4' }] })
const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] })
await admin.deleteTopicRecords({ topic, partitions: [{ partition: 3, offset: '6' }] })
const offsets = await admin.fetchTopicOffsets(topic)
const { controller, brokers: nodes } = await admin.describeCluster()
const groups = await admin.listGroups()
await admin.deleteGroups([group])
const groupsAfter = await admin.listGroups()
await admin.deleteTopics({ topics: [topic] })
const topicsAfter = await eventually(() => admin.listTopics(), topics => !topics.includes(topic))
await admin.disconnect()

answer({
  created,
  createdAgain,
  partitions: metadata.partitions.length,
  retention: configuration.configEntries.find(entry => entry.configName === 'retention.ms')?.configValue,
  committed: Number(committed.partitions.find(({ partition }) => partition === 3)?.offset),
  low: Number(offsets.find(({ partition }) => partition === 3)?.low),
  high: Number(offsets.find(({ partition }) => partition === 3)?.high),
  controllerIsABroker: nodes.some(({ nodeId }) => nodeId === controller),
  groupListed: groups.groups.some(({ groupId }) => groupId === group),
  groupDeleted: !groupsAfter.groups.some(({ groupId }) => groupId === group),
  topicDeleted: !topicsAfter.includes(topic)
})
