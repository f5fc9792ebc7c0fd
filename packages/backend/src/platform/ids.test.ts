import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { fingerprint, newId, newSecret, riderIdFor, zoneIdFor } from './ids.ts'

it('ids are short, without letters that are mistaken for others, and differ', () => {
  const ids = Array.from({ length: 2_000 }, newId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{17}$/)
})

it('ids made later sort behind those made before', async () => {
  const before = newId()
  await sleep(5)
  expect(newId() > before).toBe(true)
})

it('ids of zones come from their source and name there, for ever', () => {
  // Written down: a change of this value would give every zone another address.
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

it('a rider is known by a secret that cannot be had back', () => {
  const secret = newSecret()
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(riderIdFor(secret)).toBe(riderIdFor(secret))
  expect(riderIdFor(secret)).not.toBe(riderIdFor(newSecret()))
  expect(secret).not.toContain(riderIdFor(secret))
})

it('fingerprints are the beginning of SHA-256', () => {
  expect(fingerprint('')).toBe('47DEQpj8HBSa-_TImW-5JC')
})
