import { expect, it } from 'vitest'
import { createPositionClaims } from './position-claims.ts'

const MINUTE = 60_000
const zones = (count: number): string[] => Array.from({ length: count }, (_, i) => `zone${i}`)

it('accepts positions at ten zones from one network in half an hour, then at ten others', () => {
  const claims = createPositionClaims()
  const accepted = (now: number): number => zones(90).filter((zone) => claims.accept('cafe', zone, now)).length
  expect(accepted(0)).toBe(10)
  // The same ten again, and no more.
  expect(accepted(29 * MINUTE)).toBe(10)
  expect(
    zones(90)
      .slice(10, 30)
      .filter((zone) => claims.accept('cafe', zone, 31 * MINUTE)),
  ).toHaveLength(10)
})

it('counts each network separately, and does not count addresses that identify no network', () => {
  const claims = createPositionClaims()
  for (const zone of zones(10)) claims.accept('cafe', zone, 0)
  expect(claims.accept('cafe', 'other', 0)).toBe(false)
  expect(claims.accept('bar', 'other', 0)).toBe(true)
  expect(zones(90).every((zone) => claims.accept(null, zone, 0))).toBe(true)
})

it('holds a bounded number of networks', () => {
  const claims = createPositionClaims()
  for (const zone of zones(10)) claims.accept('cafe', zone, 0)
  for (let i = 0; i < 20_000; i += 1) claims.accept(`network${i}`, 'zone', 0)
  expect(claims.accept('cafe', 'other', 0)).toBe(true)
})
