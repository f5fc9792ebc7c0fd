import { describe, expect, it } from 'vitest'
import { everyVehicle } from '#vehicles/vehicle.ts'
import { UNKNOWN_FACTS } from '../zone.ts'
import { matchesFilter, type FilteredZone, type ZoneFilter } from './matches-filter.ts'
import { answerWords, readAnswers } from './read-answers.ts'
import { FILTER_NAMES, type FilterFacts, type FilterName, type FilterRules } from './zone-filters.ts'

const vehicles = { ...everyVehicle('unknown'), motorcycle: 'yes', moped: 'no' } as const
const NOTHING_KNOWN: FilteredZone = {
  ...UNKNOWN_FACTS,
  vehicles,
  availability: { state: 'unknown', chance: null },
}
type Query = { readonly [Name in FilterName]?: string }

function matches(zone: Partial<FilteredZone>, query: Query, vehicle: ZoneFilter['vehicle'] = 'motorcycle'): boolean {
  const asked = FILTER_NAMES.filter((name) => query[name] !== undefined)
  const answers = Object.fromEntries(asked.map((name) => [name, readAnswers(name, query[name])]))
  return matchesFilter({ vehicle, answers }, { ...NOTHING_KNOWN, ...zone })
}
const withFacts = (facts: Partial<FilterFacts>, query: Query): boolean => matches(facts, query)

describe('a zone matches a filter by its facts', () => {
  it.each<[Partial<FilterFacts>, Query, boolean]>([
    [{}, {}, true],
    [{}, { covered: 'yes' }, false],
    [{}, { covered: 'yes,unknown' }, true],
    [{ covered: true }, { covered: 'true' }, true],
    [{ covered: false }, { covered: 'yes,unknown' }, false],
    [{ fee: 'free' }, { free: 'yes' }, true],
    [{ fee: 'paid' }, { free: 'paid' }, true],
    [{ fee: 'paid' }, { free: 'yes,unknown' }, false],
    // The conditions may lift the fee at the time, but without rules that is not known.
    [{ fee: 'paid', feeConditional: 'no @ (Su)' }, { free: 'yes' }, false],
    [{ fee: 'paid', feeConditional: 'no @ (Su)' }, { free: 'unknown' }, true],
    [{ surface: 'sett' }, { surface: 'hard' }, true],
    [{ surface: 'gravel' }, { surface: 'yes,unknown' }, false],
    [{ surface: 'marble dust' }, { surface: 'unknown' }, true],
    [{ anchors: true }, { secure: 'yes' }, true],
    [{ anchors: false }, { secure: 'yes,unknown' }, true],
    [{ anchors: false, surveillance: false }, { secure: 'yes,unknown' }, false],
    [{ surveillance: false }, { secure: 'no' }, false],
    [{ charging: true, covered: false }, { charging: 'yes', covered: 'yes' }, false],
    [{ openingHours: ' 24/7 ' }, { open: 'yes' }, true],
    [{ openingHours: 'Mo-Fr 08:00-18:00' }, { open: 'unknown' }, true],
    [{}, { open: 'yes' }, false],
    [{}, { mayPark: 'yes' }, true],
  ])('%j for %j: %s', (facts, query, expected) => {
    expect(withFacts(facts, query)).toBe(expected)
  })
})

describe('a zone matches a filter', () => {
  it.each<[FilteredZone['availability'], string, boolean]>([
    [{ state: 'some', chance: 0.5 }, 'yes', true],
    [{ state: 'some', chance: 0.49 }, 'yes', false],
    [{ state: 'closed', chance: 0.9 }, 'yes,unknown', false],
    [{ state: 'unknown', chance: null }, 'unknown', true],
  ])('%j for likelyFree=%s: %s', (availability, likelyFree, expected) => {
    expect(matches({ availability }, { likelyFree })).toBe(expected)
  })

  it('by its rules at the time, where its facts leave it open', () => {
    const rules: FilterRules = { mayPark: 'no', fee: { state: 'free' }, hours: { state: 'open' } }
    const zone = { fee: 'paid', feeConditional: 'no @ (Su)', openingHours: 'Su', rules } as const
    expect(matches(zone, { free: 'yes', open: 'yes' })).toBe(true)
    expect(matches(zone, { mayPark: 'yes,unknown' })).toBe(false)
  })

  it('if its vehicle may park, unless zones where it may not are asked for', () => {
    expect(matches({}, {}, 'moped')).toBe(false)
    expect(matches({}, { mayPark: 'no' }, 'moped')).toBe(true)
    expect(matches({}, {}, 'heavy')).toBe(true)
    expect(matches({}, {}, null)).toBe(true)
  })
})

describe('the answers in a parameter', () => {
  it.each(FILTER_NAMES)('%s: every word is an answer, in any order and spelling', (name) => {
    for (const word of answerWords(name)) expect(readAnswers(name, word)).toHaveLength(1)
    expect(readAnswers(name, ['unknown,yes', 'no'])).toEqual(['yes', 'no', 'unknown'])
    expect(readAnswers(name, 'perhaps')).toEqual([])
    expect(readAnswers(name, undefined)).toEqual([])
  })
})
