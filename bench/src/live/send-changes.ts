import { setTimeout as sleep } from 'node:timers/promises'
import { paths } from '@kickstand/contract'
import { quantile } from '../measure/statistics.ts'
import type { Change } from './arrivals.ts'
import { clockMs } from './listeners.ts'

export type SentChanges = {
  /** When each report was sent, `clockMs`. */
  readonly sentAt: readonly number[]
  /** Milliseconds until the response to a report. */
  readonly answeredP95: number
}

/** Latencies in milliseconds of repeated requests for the nearest zones. */
export type Nearby = { readonly requests: number; readonly p50: number; readonly p95: number; readonly max: number }

const RIDERS = 200
const BIKES = 10

/**
 * Posts a report of each of these zones at a fixed rate, independent of response times. Throws where a response is not 201.
 */
export async function sendChanges(
  url: string,
  changes: readonly Change[],
  perSecond: number,
  key: string,
): Promise<SentChanges> {
  const startedAt = clockMs()
  const sentAt: number[] = []
  const answered: Promise<number>[] = []
  for (const [number, { zoneId }] of changes.entries()) {
    const wait = startedAt + (number * 1000) / perSecond - clockMs()
    if (wait > 0) await sleep(wait)
    const body = JSON.stringify({ zoneId, kind: 'count', count: number % BIKES })
    const sent = clockMs()
    sentAt.push(sent)
    answered.push(post(url, body, number, key).then(() => clockMs() - sent))
  }
  const times = Float64Array.from(await Promise.all(answered)).toSorted()
  return { sentAt, answeredP95: quantile(times, 0.95) }
}

async function post(url: string, body: string, number: number, key: string): Promise<void> {
  const answer = await fetch(url + paths.reports(), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer bench-rider-${String(number % RIDERS).padStart(20, '0')}`,
      'idempotency-key': `${key}-${number}`,
    },
    body,
  })
  const text = await answer.text()
  if (answer.status !== 201) throw new Error(`expected 201 for a report, got ${answer.status}: ${text.slice(0, 300)}`)
}

/** Requests the nearest zones up to twenty times a second until `done`. Throws where a response is not 200. */
export async function requestNearby(
  url: string,
  place: { lat: number; lng: number },
  done: AbortSignal,
): Promise<Nearby> {
  const times: number[] = []
  while (!done.aborted) {
    const sent = clockMs()
    const answer = await fetch(`${url}${paths.nearby()}?lat=${place.lat}&lng=${place.lng}`)
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`expected 200 for nearby, got ${answer.status}`)
    const took = clockMs() - sent
    times.push(took)
    await sleep(Math.max(0, 50 - took))
  }
  const sorted = Float64Array.from(times).toSorted()
  const at = (q: number): number => quantile(sorted, q)
  return { requests: times.length, p50: at(0.5), p95: at(0.95), max: at(1) }
}
