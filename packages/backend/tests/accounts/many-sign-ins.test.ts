import { NearbyBodySchema, paths } from '@kickstand/contract'
import { everythingRequired, findMariadb, freshDatabase, scratchFolder, startMariadb } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { spawnService } from '@kickstand/testkit/spawn-service'
import { startTestService } from '@kickstand/testkit/start-service'
import { describe, expect, it } from 'vitest'
import { expectProblem } from '../support/expect-problem.ts'
import { expectShape } from '../support/expect-shape.ts'

const ZONE = { id: 'zone000001', capacity: 8 }
const NEARBY = `${paths.nearby()}?lat=37.7936&lng=-122.3958`
const ATTEMPT = { email: 'nobody@example.org', password: 'a wrong password' }

forEachEngine((engine) => {
  it(
    'a thousand sign-ins at once: each is answered, and riders are served meanwhile',
    { timeout: 180_000 },
    async () => {
      const database = await engine.open()
      const first = await startTestService({ url: database.url })
      await seedZones(first.service.context.eventLog, [ZONE])
      await first.stop()
      const server = await spawnService(database.url, { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' })
      try {
        let isDone = false
        const attempts = Array.from({ length: 1000 }, async (_, n) => {
          const answer = await fetch(server.url + paths.signInPassword(), {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.${n >> 8}.${n & 255}.7` },
            body: JSON.stringify({ ...ATTEMPT, email: `person${n}@example.org` }),
          })
          await answer.body?.cancel()
          return answer
        })
        const all = Promise.all(attempts).finally(() => {
          isDone = true
        })
        let reads = 0
        while (!isDone) {
          const answer = await fetch(server.url + NEARBY)
          expect(answer.status).toBe(200)
          expect(expectShape(NearbyBodySchema, await answer.json()).zones).toHaveLength(1)
          reads += 1
        }
        const answers = await all
        const statuses = answers.map(({ status }) => status)
        for (const status of statuses) expect([401, 429, 503]).toContain(status)
        expect(statuses).toContain(401)
        for (const answer of answers)
          if (answer.status !== 401) expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
        expect(reads).toBeGreaterThan(10)
        // Nothing is left behind: the next one is verified at once.
        const next = await fetch(server.url + paths.signInPassword(), {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...ATTEMPT, email: 'later@example.org' }),
        })
        expect([401, 429]).toContain(next.status)
      } finally {
        await server.stop()
        await database.dispose()
      }
    },
  )
})

describe.skipIf(findMariadb() === null && !everythingRequired())('without the database', () => {
  it('signing in answers 503, and works again as soon as the database does', { timeout: 120_000 }, async () => {
    const database = await startMariadb({ under: scratchFolder() })
    const at = await startTestService({ url: (await freshDatabase(database.url)).url })
    try {
      database.freeze()
      const cookie = `kickstand_session=${'A'.repeat(43)}`
      const answers = await Promise.all([
        at.post(paths.signInPassword(), ATTEMPT),
        fetch(at.url + paths.signInPasskeyOptions(), { method: 'POST' }),
        at.get(paths.ownAccount(), { cookie }),
        at.get(NEARBY),
      ])
      for (const answer of answers.slice(0, 3)) await expectProblem(answer, 503, 'database-unavailable')
      expect(answers[3]?.status).toBe(200)
      database.thaw()
      await expect
        .poll(async () => (await at.post(paths.signInPassword(), ATTEMPT)).status, { timeout: 30_000 })
        .toBe(401)
    } finally {
      database.thaw()
      await at.stop()
      await database.stop()
    }
  })
})
