import { describe, expect, it } from 'vitest'
import { everyVehicle } from '../vehicles/vehicle.ts'
import { mayPark, type HoursAt, type ParkingRules } from './may-park.ts'
import { readRules, type RuleFacts } from './zone-rules.ts'
import { UNKNOWN_FACTS } from './zone.ts'

/** Hours as `from-to` of a day of hours 0, 1, 2 …; `?` cannot be read. */
const when: HoursAt = (text, at) => {
  if (text === '24/7') return { state: 'open', until: null }
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? []
  if (from === undefined) return { state: 'unknown', until: null }
  if (at < Number(from)) return { state: 'closed', until: Number(from) }
  return at < Number(to) ? { state: 'open', until: Number(to) } : { state: 'closed', until: null }
}

const MOTORCYCLES = { ...everyVehicle('unknown'), motorcycle: 'yes', moped: 'no' } as const

function ask(
  facts: Partial<RuleFacts>,
  at = 12,
  ...[vehicle = 'motorcycle', permits = []]: [('motorcycle' | 'moped' | 'heavy')?, ('customer' | 'permit')[]?]
): ParkingRules {
  return mayPark(readRules({ ...UNKNOWN_FACTS, vehicles: MOTORCYCLES, ...facts }), vehicle, permits, at, when)
}
const codes = (rules: ParkingRules) => rules.reasons.map(({ code }) => code)

describe('who may park', () => {
  it('is what is known about the vehicle, where nothing else is stated', () => {
    expect(ask({})).toMatchObject({ mayPark: 'yes', reasons: [{ code: 'vehicle-yes' }, { code: 'access-unknown' }] })
    expect(ask({ access: 'public' }, 12, 'moped')).toMatchObject({ mayPark: 'no', reasons: [{ code: 'vehicle-no' }] })
    expect(ask({ access: 'public' }, 12, 'heavy')).toMatchObject({
      mayPark: 'unknown',
      reasons: [{ code: 'vehicle-unknown' }],
    })
  })

  it.each([
    ['customers', [], 'no', 'customers-only'],
    ['customers', ['customer'], 'yes', null],
    ['permit', ['customer'], 'no', 'permit-only'],
    ['permit', ['permit'], 'yes', null],
    ['private', ['customer', 'permit'], 'no', 'private'],
  ] as const)('with access for %s and permits %j: %s', (access, permits, answer, code) => {
    const rules = ask({ access }, 12, 'motorcycle', [...permits])
    expect(rules.mayPark).toBe(answer)
    expect(codes(rules)).toEqual(code === null ? ['vehicle-yes'] : ['vehicle-yes', code])
  })

  it('changes with the time, with the time of the change', () => {
    const cleaned = { access: 'public', accessConditional: 'no @ (10-14)' } as const
    expect(ask(cleaned, 9)).toMatchObject({ mayPark: 'yes', validUntil: 10 })
    const during = ask(cleaned, 12)
    expect(during).toMatchObject({ mayPark: 'no', validUntil: 14 })
    expect(during.reasons).toContainEqual({ code: 'not-at-this-time', until: 14 })
    expect(ask(cleaned, 14)).toMatchObject({ mayPark: 'yes', validUntil: null })
  })

  it('is unknown, never yes, where a rule cannot be parsed', () => {
    expect(ask({ accessConditional: 'market days' })).toMatchObject({ mayPark: 'unknown' })
    expect(ask({ accessConditional: 'no @ (school holidays)' })).toMatchObject({ mayPark: 'unknown' })
    expect(ask({ access: 'private', accessConditional: 'yes @ (school holidays)' })).toMatchObject({
      mayPark: 'unknown',
    })
    // Whether it holds or not, the answer is the same.
    expect(ask({ access: 'public', accessConditional: 'yes @ (school holidays)' })).toMatchObject({ mayPark: 'yes' })
    expect(ask({ openingHours: '?' })).toMatchObject({ mayPark: 'unknown', hours: { state: 'unknown' } })
    expect(ask({ signText: 'Market days: no parking' })).toMatchObject({ mayPark: 'unknown' })
  })

  it('a known no stays a no beside a rule that cannot be parsed', () => {
    expect(ask({ access: 'private', signText: 'Hm' })).toMatchObject({ mayPark: 'no' })
  })

  it('outside of opening hours nobody may', () => {
    expect(ask({ openingHours: '8-11' }, 9)).toMatchObject({ mayPark: 'yes', hours: { state: 'open', until: 11 } })
    const shut = ask({ openingHours: '14-18' })
    expect(shut).toMatchObject({ mayPark: 'no', hours: { state: 'closed', until: 14 } })
    expect(shut.reasons).toContainEqual({ code: 'closed', until: 14 })
  })

  it('residents may where a clause lets them', () => {
    const facts = { access: 'private', accessConditional: 'yes @ (residents)' } as const
    expect(ask(facts).mayPark).toBe('no')
    expect(ask(facts, 12, 'motorcycle', ['permit']).mayPark).toBe('yes')
  })
})

describe('what it costs', () => {
  it.each([
    [{ fee: 'free' }, 'free', null],
    [{ fee: 'paid' }, 'paid', null],
    [{}, 'unknown', null],
    [{ fee: 'paid', feeConditional: 'no @ (10-18)' }, 'free', 18],
    [{ fee: 'paid', feeConditional: 'no @ (14-18)' }, 'paid', 14],
    [{ fee: 'paid', feeConditional: 'no @ (24/7); yes @ (9-15)' }, 'paid', 15],
    [{ fee: 'paid', feeConditional: 'no @ (24/7); yes @ (14-15)' }, 'free', 14],
    // One clause follows on the other: nothing changes at 13.
    [{ fee: 'paid', feeConditional: 'no @ (10-13); no @ (13-18)' }, 'free', 18],
    [{ fee: 'paid', feeConditional: 'no @ (stay < 30 minutes)' }, 'paid', null],
    [{ fee: 'paid', feeConditional: 'no @ (sometimes)' }, 'unknown', null],
    [{ fee: 'free', feeConditional: 'no @ (sometimes)' }, 'free', null],
    [{ fee: 'paid', feeConditional: 'in summer' }, 'unknown', null],
  ] as const)('%j is %s until %s at 12', (facts, state, until) => {
    expect(ask(facts).fee).toEqual({ state, until })
  })

  it('depends on permits where the place does', () => {
    const facts = { fee: 'paid', feeConditional: 'no @ (residents)' } as const
    expect(ask(facts).fee.state).toBe('paid')
    expect(ask(facts, 12, 'motorcycle', ['permit']).fee.state).toBe('free')
  })
})

it('the longest stay is that of the hour', () => {
  const facts = { maxStay: 7200, maxStayConditional: '30 min @ (10-14); unlimited @ (18-24)' }
  expect([9, 12, 15, 19].map((at) => ask(facts, at).maxStay)).toEqual([7200, 1800, 7200, null])
})

it('a sign’s hours keep the place for motorcycles and forbid nothing outside of them', () => {
  const rules = ask({ signText: 'SIN HORARIO' })
  expect(rules).toMatchObject({ mayPark: 'yes', hours: { state: 'unknown' } })
})
