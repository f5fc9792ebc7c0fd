import { expect, it } from 'vitest'
import { fingerprint, newId, newRiderSecret, riderIdFor, zoneIdFor } from './ids.ts'

it('ids are short, without letters that are mistaken for others, and differ', () => {
  const ids = Array.from({ length: 2_000 }, newId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{13}$/)
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
  const secret = newRiderSecret()
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(riderIdFor(secret)).toBe(riderIdFor(secret))
  expect(riderIdFor(secret)).not.toBe(riderIdFor(newRiderSecret()))
  expect(secret).not.toContain(riderIdFor(secret))
})

it('fingerprints are SHA-256', () => {
  expect(fingerprint('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
})
