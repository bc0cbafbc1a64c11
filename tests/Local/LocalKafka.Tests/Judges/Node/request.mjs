// What every script here does: read one JSON request from standard input, print one JSON answer.
import { text } from 'node:stream/consumers'

export const request = JSON.parse(await text(process.stdin))

export function answer (value) {
  process.stdout.write(JSON.stringify(value) + '\n')
}

// Resolves with the first `count` different records, in order of arrival; rejects after the request's deadline.
export function collector (count, deadlineMs) {
  const records = new Map()
  let complete
  let fail
  const done = new Promise((resolve, reject) => { complete = resolve; fail = reject })
  const timer = setTimeout(() => fail(new Error(`only ${records.size} of ${count} records within ${deadlineMs} ms`)), deadlineMs)
  return {
    add (record) {
      const position = `${record.partition}@${record.offset}`
      if (records.has(position)) return
      records.set(position, record)
      if (records.size === count) {
        clearTimeout(timer)
        complete([...records.values()])
      }
    },
    done
  }
}
