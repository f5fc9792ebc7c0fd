import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Permit } from '../vehicles/permit.ts'
import type { MayPark } from '../vehicles/vehicle.ts'
import { mayPark, type HoursAt } from './may-park.ts'
import type { OsmTags } from './osm-special.ts'
import { factsFromOsmTags } from './osm-tags.ts'
import { readRules } from './zone-rules.ts'

const ALWAYS = '24/7'
const NEVER = 'off'
const when: HoursAt = (hours) => ({
  state: hours === ALWAYS ? 'open' : hours === NEVER ? 'closed' : 'unknown',
  until: null,
})

function ask(tags: OsmTags, permits: readonly Permit[] = []): MayPark {
  const read = factsFromOsmTags({ amenity: 'motorcycle_parking', ...tags })
  if (read === null) throw new Error('expected a motorcycle parking')
  return mayPark(readRules(read.facts), 'motorcycle', permits, 0, when).mayPark
}

function accessOf(tags: OsmTags) {
  return factsFromOsmTags({ amenity: 'motorcycle_parking', ...tags })?.facts.access
}

/** From general to specific. */
const KEYS = ['access', 'vehicle', 'motor_vehicle', 'motorcycle', 'access:motorcycle', 'motorcycle:access'] as const

/** By value: what is asked without permits, as a customer, with a permit. */
const PUBLIC = ['yes', 'yes', 'yes'] as const
const CUSTOMERS = ['no', 'yes', 'no'] as const
const PERMIT = ['no', 'no', 'yes'] as const
const NOBODY = ['no', 'no', 'no'] as const
const UNKNOWN = ['unknown', 'unknown', 'unknown'] as const

const VALUES: ReadonlyArray<readonly [string, readonly [MayPark, MayPark, MayPark]]> = [
  ['yes', PUBLIC],
  ['public', PUBLIC],
  ['permissive', PUBLIC],
  ['designated', PUBLIC],
  ['official', PUBLIC],
  ['destination', PUBLIC],
  ['Yes', PUBLIC],
  [' yes ', PUBLIC],
  ['yes;permissive', PUBLIC],
  ['customers', CUSTOMERS],
  ['customer', CUSTOMERS],
  ['guests', CUSTOMERS],
  ['visitors', CUSTOMERS],
  ['permit', PERMIT],
  ['permit_holders', PERMIT],
  ['residents', PERMIT],
  ['resident', PERMIT],
  ['employees', PERMIT],
  ['staff', PERMIT],
  ['members', PERMIT],
  ['students', PERMIT],
  ['residents; employees', PERMIT],
  ['private', NOBODY],
  ['no', NOBODY],
  ['prohibited', NOBODY],
  ['agricultural', NOBODY],
  ['forestry', NOBODY],
  ['agricultural;forestry', NOBODY],
  ['military', NOBODY],
  ['emergency', NOBODY],
  ['delivery', NOBODY],
  ['psv', NOBODY],
  ['bus', NOBODY],
  ['taxi', NOBODY],
  ['hov', NOBODY],
  ['disabled', NOBODY],
  ['discouraged', UNKNOWN],
  ['use_sidepath', UNKNOWN],
  ['dismount', UNKNOWN],
  ['variable', UNKNOWN],
  ['unknown', UNKNOWN],
  ['restricted', UNKNOWN],
  ['limited', UNKNOWN],
  ['permit_or_yes', UNKNOWN],
  ['fixme', UNKNOWN],
  ['?', UNKNOWN],
  ['1', UNKNOWN],
  ['constructor', UNKNOWN],
  ['yes;no', UNKNOWN],
  ['customers;permit', UNKNOWN],
  ['destination;delivery', UNKNOWN],
  ['yes;', UNKNOWN],
  ['yes @ (Mo-Fr)', UNKNOWN],
]

describe('every OSM access key and value', () => {
  describe.each(KEYS)('%s', (key) => {
    it.each(VALUES)('=%s: without permit, as a customer, with a permit it is %j', (value, answers) => {
      expect([ask({ [key]: value }), ask({ [key]: value }, ['customer']), ask({ [key]: value }, ['permit'])]).toEqual(
        answers,
      )
    })
  })

  it.each([
    ['yes', 'public'],
    ['customers', 'customers'],
    ['permit', 'permit'],
    ['private', 'private'],
    ['unknown', null],
  ])('maps %s to %s, for every key', (value, access) => {
    expect(KEYS.map((key) => accessOf({ [key]: value }))).toEqual(KEYS.map(() => access))
  })

  it('without access tags motorcycles may park', () => {
    expect(ask({})).toBe('yes')
  })
})

describe('the hierarchy of OSM access', () => {
  it.each<[OsmTags, MayPark]>([
    [{ access: 'no', motorcycle: 'designated' }, 'yes'],
    [{ access: 'private', vehicle: 'no', motor_vehicle: 'yes' }, 'yes'],
    [{ access: 'yes', motor_vehicle: 'no' }, 'no'],
    [{ access: 'yes', 'access:motorcycle': 'private' }, 'no'],
    [{ access: 'yes', motorcycle: 'by arrangement' }, 'unknown'],
    // Two spellings of one key that differ.
    [{ motorcycle: 'yes', 'access:motorcycle': 'private' }, 'unknown'],
    [{ motorcycle: 'yes', 'access:motorcycle': 'designated' }, 'yes'],
  ])('%j: %s', (tags, answer) => {
    expect(ask(tags)).toBe(answer)
  })

  it.each<[OsmTags, MayPark]>([
    [{ motorcycle: 'no', 'motorcycle:conditional': `designated @ (${ALWAYS})` }, 'yes'],
    [{ motorcycle: 'no', 'motorcycle:conditional': `designated @ (${NEVER})` }, 'no'],
    [{ motorcycle: 'yes', 'motorcycle:conditional': `no @ (${ALWAYS})` }, 'no'],
    [{ access: 'yes', 'access:conditional': `no @ (${ALWAYS})` }, 'no'],
    [{ access: 'no', 'motor_vehicle:conditional': `yes @ (${ALWAYS})` }, 'yes'],
    [{ access: 'yes', 'access:motorcycle:conditional': `private @ (${ALWAYS})` }, 'no'],
    [{ 'access:conditional': `no @ (${ALWAYS})`, 'motorcycle:conditional': `yes @ (${ALWAYS})` }, 'yes'],
    // A general condition does not apply where a more specific key is tagged.
    [{ 'access:conditional': `no @ (${ALWAYS})`, motorcycle: 'designated' }, 'yes'],
    [{ access: 'yes', 'motorcycle:conditional': `agricultural @ (${ALWAYS})` }, 'no'],
    [{ access: 'yes', 'motorcycle:conditional': `by arrangement @ (${ALWAYS})` }, 'unknown'],
    [{ access: 'yes', 'motorcycle:conditional': 'no @ (market days)' }, 'unknown'],
    [{ 'access:conditional': `yes @ (${ALWAYS})`, 'motorcycle:conditional': 'market days' }, 'unknown'],
  ])('conditional over plain, %j: %s', (tags, answer) => {
    expect(ask(tags)).toBe(answer)
  })

  it('decides by the most specific key of any that are tagged', () => {
    const key = fc.constantFrom('access', 'vehicle', 'motor_vehicle', 'motorcycle')
    const word = fc.constantFrom(...VALUES.map(([value]) => value))
    fc.assert(
      fc.property(fc.dictionary(key, word), (tags) => {
        const specific = KEYS.findLast((one) => tags[one] !== undefined)
        const decisive = specific === undefined ? 'yes' : tags[specific]
        const answers = VALUES.find(([value]) => value === decisive)?.[1]
        expect([ask(tags), ask(tags, ['customer']), ask(tags, ['permit'])]).toEqual(answers)
      }),
    )
  })
})

describe('other vehicles', () => {
  it.each<[OsmTags, object]>([
    [{ moped: 'private' }, { moped: 'no' }],
    [{ moped: 'customers' }, { moped: 'unknown' }],
    [{ moped: 'customers', access: 'customers' }, { moped: 'yes' }],
    [{ moped: 'yes', 'moped:conditional': 'no @ (Su)' }, { moped: 'unknown' }],
    [
      { motor_vehicle: 'no', motorcycle: 'designated' },
      { motorcycle: 'yes', moped: 'no', scooter: 'no' },
    ],
    [
      { vehicle: 'no', motor_vehicle: 'yes' },
      { motorcycle: 'yes', moped: 'unknown' },
    ],
    [
      { access: 'maybe', 'motorcycle:type': 'scooter' },
      { motorcycle: 'unknown', scooter: 'unknown' },
    ],
    [{ 'motorcycle:type': 'scooter' }, { motorcycle: 'yes', scooter: 'yes' }],
  ])('%j: %j', (tags, vehicles) => {
    expect(factsFromOsmTags({ amenity: 'motorcycle_parking', ...tags })?.facts.vehicles).toMatchObject(vehicles)
  })
})
