import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { fingerprint, newId, newSecret, riderIdFor, zoneIdFor } from './ids.ts'

it('ids are short, unambiguous and unique', () => {
  const ids = Array.from({ length: 2_000 }, newId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{17}$/)
})

it('ids sort in the order of creation', async () => {
  const before = newId()
  await sleep(5)
  expect(newId() > before).toBe(true)
})

it('ids of zones are derived from their source and reference and never change', () => {
  // Fixed: changing this value would change the URL of every zone.
  expect(zoneIdFor('osm', 'node/1')).toBe(zoneIdFor('osm', 'node/1'))
  expect(zoneIdFor('osm', 'node/1')).toMatchInlineSnapshot(`"n64qxxyzm7ej4"`)
  const others = [
    zoneIdFor('osm', 'node/2'),
    zoneIdFor('sf', 'node/1'),
    zoneIdFor('osm\nnode/1', ''),
    riderIdFor('osm'),
  ]
  expect(new Set([zoneIdFor('osm', 'node/1'), ...others]).size).toBe(5)
})

it('the id of a rider is derived from a secret that cannot be recovered', () => {
  const secret = newSecret()
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(riderIdFor(secret)).toBe(riderIdFor(secret))
  expect(riderIdFor(secret)).not.toBe(riderIdFor(newSecret()))
  expect(secret).not.toContain(riderIdFor(secret))
})

it('fingerprints are the beginning of SHA-256', () => {
  expect(fingerprint('')).toBe('47DEQpj8HBSa-_TImW-5JC')
})
