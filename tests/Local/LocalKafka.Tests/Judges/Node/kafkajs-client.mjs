import kafkajs from 'kafkajs'

export const { CompressionTypes, ConfigResourceTypes, Partitioners } = kafkajs

export function client (brokers) {
  return new kafkajs.Kafka({ clientId: 'judge', brokers: [brokers], logLevel: kafkajs.logLevel.ERROR, retry: { retries: 8 } })
}
