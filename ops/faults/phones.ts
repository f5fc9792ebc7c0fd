import { setTimeout as sleep } from 'node:timers/promises'
import { paths } from '@kickstand/contract'
import type { Tally } from './tally.ts'

/** A report. Its device secret and key are derived from its name, so that a retry is identical to the last byte. */
export type Report = { readonly name: string; readonly zoneId: string; readonly count: number }

/** A report that was answered 2xx, with its id. */
export type Answered = Report & { readonly id: string }

/** A report that was rejected permanently. */
export type Rejected = Report & { readonly status: number; readonly text: string }

/** Longer than the slowest response of the service. */
const TIMEOUT_MS = 20_000
const RETRY_AFTER_MS = 250
/** Statuses below 500 that may succeed on a retry. All others are permanent. */
const RETRYABLE = new Set([408, 409, 421, 429])

/** Sends a report once. Throws if there is no response. */
export async function sendOnce(url: string, { name, zoneId, count }: Report): Promise<Response> {
  return fetch(url + paths.reports(), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer device-secret-of-rider-${name}`,
      'idempotency-key': `report-${name}`,
    },
    body: JSON.stringify({ zoneId, kind: 'count', count }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
}

/**
 * Sends a report like a phone: retries with the same key until it is answered 2xx or rejected permanently. Null if
 * `until` (by `performance.now`) comes first. With several URLs, each attempt goes to the next.
 */
export async function sendUntilAnswered(
  urls: readonly string[],
  report: Report,
  tally: Tally,
  until: () => number,
): Promise<Answered | Rejected | null> {
  for (let tries = report.count; performance.now() < until(); tries += 1) {
    try {
      const answer = await sendOnce(urls[tries % urls.length], report)
      const text = await answer.text()
      if (answer.ok) {
        const body = JSON.parse(text) as { report: { id: string } }
        tally.good()
        return { ...report, id: body.report.id }
      }
      tally.bad(String(answer.status))
      if (answer.status < 500 && !RETRYABLE.has(answer.status)) return { ...report, status: answer.status, text }
    } catch {
      tally.bad('no answer')
    }
    await sleep(RETRY_AFTER_MS)
  }
  return null
}
