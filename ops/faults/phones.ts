import { setTimeout as sleep } from 'node:timers/promises'
import { paths } from '@kickstand/contract'
import type { Tally } from './tally.ts'

/** A report, its device and its key, all made of its name: sent again, it is the same to the last byte. */
export type Report = { readonly name: string; readonly zoneId: string; readonly count: number }

/** A report that was answered 2xx, by the id it was given. */
export type Answered = Report & { readonly id: string }

/** A report that was refused for good. */
export type Refused = Report & { readonly status: number; readonly said: string }

/** Longer than the service takes to say yes or no in the worst case. */
const GIVE_UP_MS = 20_000
const AGAIN_MS = 250
/** What says: not now. Everything else below 500 is said for good. */
const PASSING = new Set([408, 409, 421, 429])

/** Sends a report once. Throws where no answer comes. */
export async function sendOnce(url: string, { name, zoneId, count }: Report): Promise<Response> {
  return fetch(url + paths.reports(), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer device-secret-of-rider-${name}`,
      'idempotency-key': `report-${name}`,
    },
    body: JSON.stringify({ zoneId, kind: 'count', count }),
    signal: AbortSignal.timeout(GIVE_UP_MS),
  })
}

/**
 * As a phone does it: again with the same key until it is answered 2xx or refused for good. Null where `until` (by
 * `performance.now`) comes first. A phone that knows several servers turns to the next.
 */
export async function sendUntilAnswered(
  urls: readonly string[],
  report: Report,
  tally: Tally,
  until: () => number,
): Promise<Answered | Refused | null> {
  for (let tries = report.count; performance.now() < until(); tries += 1) {
    try {
      const answer = await sendOnce(urls[tries % urls.length], report)
      const said = await answer.text()
      if (answer.ok) {
        const body = JSON.parse(said) as { report: { id: string } }
        tally.good()
        return { ...report, id: body.report.id }
      }
      tally.bad(String(answer.status))
      if (answer.status < 500 && !PASSING.has(answer.status)) return { ...report, status: answer.status, said }
    } catch {
      tally.bad('no answer')
    }
    await sleep(AGAIN_MS)
  }
  return null
}
