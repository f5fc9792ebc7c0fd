import { createEventLog, newId, openDatabase, sleep, systemClock } from '@kickstand/backend'
import { paths } from '@kickstand/contract'
import { forEachEngine } from '@kickstand/testkit/engines'
import { seedZones } from '@kickstand/testkit/seed-zones'
import { spawnService } from '@kickstand/testkit/spawn-service'
import { expect, it } from 'vitest'

const ZONES = Array.from({ length: 12 }, (_, i) => ({ id: `zonekill0${i}`, lat: 40 + i, lng: 10 }))

const BEHIND_PROXY = { KICKSTAND_TRUSTED_PROXIES: '127.0.0.1' }

forEachEngine((engine) => {
  it('kill -9 while contributions arrive loses and duplicates no acknowledged one', { timeout: 120_000 }, async () => {
    const place = await engine.open()
    const database = await openDatabase(place.url, systemClock)
    await seedZones(createEventLog(database, systemClock, newId(), sleep), ZONES)
    const send = async (url: string, i: number): Promise<string> => {
      const zone = ZONES[i % ZONES.length]
      const answer = await fetch(url + paths.zoneContributions(zone?.id ?? ''), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': `contribution-${i}`,
          authorization: `Bearer secret-of-the-killed-rider-${i}`,
          // Riders of one network count as one.
          'x-forwarded-for': `192.0.${i}.1`,
        },
        body: JSON.stringify({ field: 'covered', value: true, position: { lat: zone?.lat, lng: zone?.lng } }),
      })
      return ((await answer.json()) as { contribution: { id: string } }).contribution.id
    }
    const all = Array.from({ length: 120 }, (_, i) => i)
    const first = await spawnService(place.url, BEHIND_PROXY)
    const answered = new Map<number, string>()
    await Promise.all(
      all.map(async (i) => {
        try {
          answered.set(i, await send(first.url, i))
          if (answered.size === 30) first.kill()
        } catch {
          // The server was killed.
        }
      }),
    )
    await first.stop()
    expect(answered.size).toBeGreaterThanOrEqual(30)
    const second = await spawnService(place.url, BEHIND_PROXY)
    try {
      for (const i of all) {
        const id = await send(second.url, i)
        expect(answered.get(i) ?? id).toBe(id)
      }
      const votes = await database.db.selectFrom('contribution_votes').select(['zone_id', 'rider_id']).execute()
      expect(votes).toHaveLength(all.length)
      const contributions = await database.db.selectFrom('contributions').select(['state', 'agree']).execute()
      expect(contributions).toEqual(ZONES.map(() => ({ state: 'shown', agree: all.length / ZONES.length })))
    } finally {
      await second.stop()
      await database.close()
      await place.dispose()
    }
  })
})
