import { describe, expect, it } from 'vitest'
import { mayPark, type HoursAt } from './may-park.ts'
import type { OsmTags } from './osm-special.ts'
import { factsFromOsmTags } from './osm-tags.ts'
import { readRules } from './zone-rules.ts'

const when: HoursAt = (hours) => ({ state: hours.startsWith('Mo-Su') ? 'open' : 'unknown', until: null })

function factsOf(tags: OsmTags) {
  const read = factsFromOsmTags({ amenity: 'motorcycle_parking', ...tags })
  if (read === null) throw new Error('expected a motorcycle parking')
  return read.facts
}

const VALUES: ReadonlyArray<readonly [string, 'free' | 'paid' | null]> = [
  ['no', 'free'],
  ['No', 'free'],
  ['free', 'free'],
  ['none', 'free'],
  ['gratis', 'free'],
  ['false', 'free'],
  ['0', 'free'],
  ['0.00', 'free'],
  ['0 EUR', 'free'],
  ['no;free', 'free'],
  ['yes', 'paid'],
  ['true', 'paid'],
  ['paid', 'paid'],
  ['ticket', 'paid'],
  ['interval', 'paid'],
  ['1', 'paid'],
  ['1.50', 'paid'],
  ['2 EUR', 'paid'],
  ['€ 2', 'paid'],
  ['$2/h', 'paid'],
  ['2,50€', 'paid'],
  ['Mo-Fr 09:00-18:00', 'paid'],
  ['Mo-Fr 09:00-18:00; Sa 09:00-12:00', 'paid'],
  ['09:00-18:00', 'paid'],
  ['?', null],
  ['', null],
  ['fixme', null],
  ['FIXME', null],
  ['unknown', null],
  ['donation', null],
  ['voluntary', null],
  ['some', null],
  ['maybe', null],
  ['cars only', null],
  ['residents', null],
  ['2 hours free', null],
  ['yes;no', null],
  ['no;yes', null],
  ['yes;?', null],
  ['no; Sa 09:00-12:00', null],
  ['-1', null],
  ['constructor', null],
]

describe('every fee value', () => {
  it.each(VALUES)('fee=%s is %s', (value, fee) => {
    expect(factsOf({ fee: value }).fee).toBe(fee)
    expect(factsOf({ 'fee:motorcycle': value, fee: fee === 'paid' ? 'no' : 'yes' }).fee).toBe(
      value === '' ? (fee === 'paid' ? 'free' : null) : fee,
    )
  })

  it.each(VALUES.filter(([value]) => /^[\p{L}\d .,€$/?]+$/u.test(value)))(
    'fee:conditional=%s @ (…) is %s while it holds',
    (value, fee) => {
      const facts = factsOf({ 'fee:conditional': `${value} @ (Mo-Su 00:00-24:00)` })
      expect(mayPark(readRules(facts), 'motorcycle', [], 0, when).fee.state).toBe(fee ?? 'unknown')
    },
  )

  it('reads conditions that stand in fee itself', () => {
    expect(factsOf({ fee: 'no @ (Sa-Su)' })).toMatchObject({ fee: null, feeConditional: 'no @ (Sa-Su)' })
  })

  it.each([
    ['1 EUR/hour', 'paid'],
    ['0.50 EUR', 'paid'],
    ['0 EUR/1h', null],
    ['free', null],
    ['?', null],
  ])('charge=%s alone is %s', (charge, fee) => {
    expect(factsOf({ charge }).fee).toBe(fee)
  })

  it.each([
    ['cars only', 'cars only'],
    ['2 EUR', '2 EUR'],
    ['Mo-Fr 09:00-18:00', 'Mo-Fr 09:00-18:00'],
    ['yes', null],
    ['free', null],
    ['0', null],
    ['?', null],
  ])('fee=%s is noted as %s', (fee, note) => {
    expect(factsOf({ fee }).feeNote).toBe(note)
  })
})
