// What every script here does: read one JSON request from standard input, print one JSON answer.
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'

export const request = JSON.parse(await text(process.stdin))

export function answer (value) {
  process.stdout.write(JSON.stringify(value) + '\n')
}

// Asks until the answer is right, for ten seconds: what a controller has decided reaches a broker's metadata a moment later. The last answer, right or not.
export async function eventually (ask, isRight) {
  for (const end = Date.now() + 10_000; ;) {
    const value = await ask()
    if (isRight(value) || Date.now() > end) return value
    await delay(50)
  }
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
