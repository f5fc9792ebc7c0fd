import type { ZoneBody } from '@kickstand/contract'
import { everyVehicle } from '@kickstand/domain'
import { describe, expect, it } from 'vitest'
import { bareZone } from '#zones/fixtures.ts'
import { filterQuery, parseFilters, matchesFilters, widened, type ZoneFilters } from './zone-filters.ts'

const zone: ZoneBody = {
  ...bareZone,
  vehicles: { ...everyVehicle('unknown'), motorcycle: 'yes', moped: 'no' },
}
const matches = (facts: Partial<ZoneBody>, filters: Partial<ZoneFilters>) =>
  matchesFilters({ ...zone, ...facts }, { vehicle: 'motorcycle', ...filters })

describe('filters of an address', () => {
  it('are parsed, and unknown ones are dropped', () => {
    const search = { covered: 'yes', free: 'yes,unknown', secure: 'maybe', vehicle: 'heavy', roof: 'yes', open: true }
    expect(parseFilters(search)).toEqual({ covered: 'yes', free: 'yes,unknown', vehicle: 'heavy' })
    expect(parseFilters({ vehicle: 'car' })).toEqual({})
  })

  it('are added to tile addresses only if they differ from the default', () => {
    expect(filterQuery({ vehicle: 'motorcycle' })).toBe('')
    expect(filterQuery({ vehicle: 'moped' })).toBe('?vehicle=moped')
    expect(filterQuery({ covered: 'yes,unknown', vehicle: 'motorcycle' })).toContain('covered=yes%2Cunknown')
  })

  it('can all be extended by unknown', () => {
    expect(widened({ covered: 'yes', free: 'yes,unknown', vehicle: 'moped' })).toEqual({
      covered: 'yes,unknown',
      free: 'yes,unknown',
      vehicle: 'moped',
    })
  })
})

describe('a list on the device is filtered', () => {
  it.each<[Partial<ZoneBody>, Partial<ZoneFilters>, boolean]>([
    [{}, {}, true],
    [{}, { vehicle: 'moped' }, false],
    [{}, { covered: 'yes' }, false],
    [{}, { covered: 'yes,unknown' }, true],
    [{ covered: true }, { covered: 'yes' }, true],
    [{ covered: false }, { covered: 'yes,unknown' }, false],
    [{ fee: 'free' }, { free: 'yes' }, true],
    [{ surface: 'sett' }, { surface: 'yes' }, true],
    [{ surface: 'gravel' }, { surface: 'yes,unknown' }, false],
    [{ anchors: true }, { secure: 'yes' }, true],
    [{ anchors: false }, { secure: 'yes,unknown' }, true],
    [{ anchors: false, surveillance: false }, { secure: 'yes,unknown' }, false],
    [{ surveillance: false }, { secure: 'yes,unknown' }, true],
    [{ charging: true, covered: false }, { charging: 'yes', covered: 'yes' }, false],
    [{ availability: { ...zone.availability, chance: 0.5 } }, { likelyFree: 'yes' }, true],
    [{ availability: { ...zone.availability, state: 'closed' } }, { likelyFree: 'yes,unknown' }, false],
    [{}, { mayPark: 'yes' }, true],
    [{}, { open: 'yes' }, false],
  ])('%j for %j: %s', (facts, filters, expected) => {
    expect(matches(facts, filters)).toBe(expected)
  })

  it('by the current rules if the zone has them', () => {
    const withRules: Partial<ZoneBody> = {
      fee: 'paid',
      feeConditional: 'no @ (18:00-08:00)',
      openingHours: 'Mo-Fr 08:00-22:00',
      rules: {
        mayPark: 'no',
        reasons: [],
        fee: { state: 'free', until: null },
        hours: { state: 'open', until: null },
        validUntil: null,
        timeZone: null,
        maxStay: null,
      },
    }
    expect(matches(withRules, { free: 'yes', open: 'yes' })).toBe(true)
    expect(matches(withRules, { mayPark: 'yes,unknown' })).toBe(false)
  })
})
