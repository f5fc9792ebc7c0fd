import { setTimeout as delay } from 'node:timers/promises'
import { createEventLog, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { spawnService } from '@kickstand/testkit/spawn-service'
import { expect, it } from 'vitest'
import type { Database } from '#db/open-database.ts'

const REPORTS = 1_000
const CLIENTS = 48
const ZONES = Array.from({ length: 20 }, (_, i) => ({ id: `zone00${String(i).padStart(4, '0')}`, capacity: 50 }))

/** Report `i`, with its own key. Each of 50 riders reports each zone once, so that all reports count. */
function sent(i: number): RequestInit {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `report-${i}`,
      authorization: `Bearer device-secret-of-rider-number-${Math.floor(i / ZONES.length)}`,
    },
    body: JSON.stringify({ zoneId: ZONES[i % ZONES.length]?.id, kind: 'count', count: i % 50 }),
  }
}

/**
 * Sends reports from many clients until all are sent or the server is killed. Returns the ids of those answered 201.
 */
async function sendAll(
  url: string,
  numbers: readonly number[],
  onAnswer: (count: number) => void,
): Promise<Map<number, string>> {
  const queue = [...numbers]
  const answered = new Map<number, string>()
  async function client(): Promise<void> {
    for (let i = queue.shift(); i !== undefined; i = queue.shift()) {
      try {
        const answer = await fetch(url + paths.reports(), sent(i))
        const body = (await answer.json()) as { report?: { id: string } }
        if (answer.status !== 201 || body.report === undefined) throw new Error(`answered ${answer.status}`)
        answered.set(i, body.report.id)
        onAnswer(answered.size)
      } catch (error) {
        // The server was killed: this client gives up.
        if (error instanceof TypeError) return
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return answered
}

async function rowsByKey({ db }: Database): Promise<string[]> {
  const rows = await db.selectFrom('reports').select('id').execute()
  return rows.map(({ id }) => id)
}

forEachEngine((engine) => {
  it(
    'kill -9 in the middle of a thousand reports loses and duplicates no acknowledged one',
    { timeout: 120_000 },
    async () => {
      const place = await engine.open()
      const database = await openDatabase(place.url, systemClock)
      await seedZones(createEventLog(database, systemClock, newId(), sleep), ZONES)
      const all = Array.from({ length: REPORTS }, (_, i) => i)
      // At a random moment: after a number of responses and a few milliseconds.
      const [answers, wait] = [200 + Math.floor(Math.random() * 500), Math.random() * 10]

      const first = await spawnService(place.url)
      const killing = Promise.withResolvers<void>()
      let doomed = false
      const before = await sendAll(first.url, all, (count) => {
        if (doomed || count < answers) return
        doomed = true
        void delay(wait).then(() => killing.resolve(first.kill()))
      })
      await killing.promise
      await first.stop()
      expect(before.size, `killed ${wait.toFixed(1)} ms after ${answers} answers`).toBeGreaterThanOrEqual(answers)
      expect(before.size).toBeLessThan(REPORTS)

      const stored = await rowsByKey(database)
      expect(new Set(stored).size).toBe(stored.length)
      expect([...before.values()].filter((id) => !stored.includes(id))).toEqual([])

      const second = await spawnService(place.url)
      try {
        // Every client retries, also with acknowledged reports, as if it had not received the response.
        const after = await sendAll(second.url, all, () => undefined)
        expect(after.size).toBe(REPORTS)
        for (const [i, id] of before) expect(after.get(i)).toBe(id)
        expect((await rowsByKey(database)).toSorted()).toEqual([...after.values()].toSorted())
        // The board of the new process also has each exactly once.
        let reports = 0
        for (const { id } of ZONES) {
          const zone = (await (await fetch(second.url + paths.zone(id))).json()) as {
            availability: { reports: number }
          }
          reports += zone.availability.reports
        }
        expect(reports).toBe(REPORTS)
      } finally {
        await second.stop()
        await database.close()
        await place.dispose()
      }
    },
  )
})
