import { describe, expect, it } from 'vitest'
import { checkRiderValue, LAW_FIELDS, RIDER_FIELDS, type RiderField } from '#contributions/rider-field.ts'
import { QUESTION_FIELDS } from '#contributions/choose-question.ts'
import { everyVehicle } from '#vehicles/vehicle.ts'
import { changedFields } from '../changed-fields.ts'
import { checkZone } from '../check-zone.ts'
import { FILTER_NAMES } from '../filters/zone-filters.ts'
import { mergeFacts, type FactEntry } from '../merge-facts.ts'
import type { SourceTrust } from '../source-zone.ts'
import { UNKNOWN_FACTS, type ZoneFacts } from '../zone.ts'
import { FIELD_LIST, PLAIN_FIELDS, type NamedField } from './field-lists.ts'
import { sampleValue } from './fixtures.ts'

const HERE = { lat: 43.7, lng: 7.4 }
const ALL = FIELD_LIST.map((field) => [field.name, field] as const)

function entry(trust: SourceTrust, facts: Partial<ZoneFacts>): FactEntry {
  const base = { source: 'a', ref: '1', status: 'active', fieldTrust: {}, since: 0, sinceOf: {} } as const
  return { ...base, trust, facts: { ...HERE, ...facts } }
}

/** The facts of a zone of which only one source with this trust states only this fact. */
function shownFrom(trust: SourceTrust, { name }: NamedField, value: unknown): unknown {
  return mergeFacts([entry(trust, { [name]: value })])?.facts[name]
}

describe('the table of fields', () => {
  // Invariant 3. A change of this list is a change of who may say what the law is.
  it('takes law and price from operators and official feeds, and nothing else from them alone', () => {
    const by = (who: string) => FIELD_LIST.filter(({ assertedBy }) => assertedBy === who).map(({ name }) => name)
    expect(by('operators').toSorted()).toEqual([
      'access',
      'accessConditional',
      'fee',
      'feeConditional',
      'feeNote',
      'maxStay',
      'maxStayConditional',
      'tariff',
    ])
    expect(by('sources').toSorted()).toEqual(['openingHours', 'operator', 'signText'])
  })

  it('has a column of its own for each field', () => {
    const columns = FIELD_LIST.map(({ column }) => column)
    expect(new Set(columns).size).toBe(columns.length)
    for (const { name, column } of FIELD_LIST) {
      expect(column).toBe(name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    }
  })

  it.each(ALL)('%s: riders have an input if and only if they may assert it', (_name, { assertedBy, riders }) => {
    expect(riders !== undefined).toBe(assertedBy === 'riders')
  })

  it.each(ALL)('%s follows the fact that it belongs to', (name, { belongsTo }) => {
    if (belongsTo === undefined) return
    expect(PLAIN_FIELDS.findIndex((one) => one === belongsTo)).toBeLessThan(PLAIN_FIELDS.indexOf(name))
    expect(PLAIN_FIELDS).toContain(belongsTo)
  })

  it('has filters for flags only', () => {
    const types = FIELD_LIST.filter(({ isFilter }) => isFilter === true).map(({ type }) => type)
    expect(new Set(types)).toEqual(new Set(['flag']))
  })
})

describe('every field', () => {
  it.each(ALL)('%s is unknown by default', (name) => {
    expect(UNKNOWN_FACTS[name]).toBeNull()
  })

  it.each(ALL)('%s is merged from those who may assert it', (_name, field) => {
    const value = sampleValue(field)
    expect(shownFrom('official', field, value)).toEqual(value)
    expect(shownFrom('community', field, value)).toEqual(value)
    expect(shownFrom('unverified', field, value)).toEqual(field.assertedBy === 'operators' ? null : value)
    expect(shownFrom('riders', field, value)).toEqual(field.assertedBy === 'riders' ? value : null)
  })

  it.each(ALL)('%s is kept by the check of a zone', (name, field) => {
    const facts = { ...UNKNOWN_FACTS, ...HERE, vehicles: everyVehicle('unknown'), [name]: sampleValue(field) }
    const checked = checkZone('1', facts)
    expect(checked.zone === null ? checked : checked.zone.facts[name]).toEqual(sampleValue(field))
  })

  it.each(ALL)('%s is noticed when it changes, also by value', (name, field) => {
    const value = sampleValue(field)
    expect(changedFields({}, { [name]: value })).toEqual([name])
    expect(changedFields({ [name]: structuredClone(value) }, { [name]: value })).toEqual([])
  })

  it.each(ALL)('%s is taken from riders or rejected with the reason', (name, field) => {
    const value = field.riders?.values?.[0] ?? sampleValue(field)
    if (field.assertedBy === 'riders') expect(checkRiderValue(name as RiderField, value, HERE)).toEqual(value)
    else expect(() => checkRiderValue(name as never, value, HERE)).toThrow(/Riders cannot change/)
    expect((RIDER_FIELDS as readonly string[]).includes(name)).toBe(field.assertedBy === 'riders')
    expect((LAW_FIELDS as readonly string[]).includes(name)).toBe(field.assertedBy !== 'riders')
  })

  it.each(ALL)('%s is asked about and filtered by as the table says', (name, field) => {
    expect((QUESTION_FIELDS as readonly string[]).includes(name)).toBe(field.riders?.isAsked === true)
    if (field.isFilter === true) expect(FILTER_NAMES).toContain(name)
  })
})
