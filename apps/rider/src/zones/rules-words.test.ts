import type { RulesBody } from '@kickstand/contract'
import { expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { isCurrent, rulesLine } from './rules-words.ts'

// Friday noon in Madrid.
const words = { ...(await textsOf('en', 'en-GB')), now: Date.parse('2026-03-06T11:00:00Z') }
const rules: RulesBody = {
  mayPark: 'yes',
  reasons: [{ code: 'vehicle-yes', until: null }],
  fee: { state: 'unknown', until: null },
  hours: { state: 'unknown', until: null },
  validUntil: null,
  timeZone: 'Europe/Madrid',
  maxStay: null,
}
const no = (code: RulesBody['reasons'][number]['code'], until: string | null = null): Partial<RulesBody> => ({
  mayPark: 'no',
  reasons: [
    { code: 'vehicle-yes', until: null },
    { code, until },
  ],
})

it.each<[Partial<RulesBody>, string]>([
  [{}, 'Motorcycles may park'],
  [
    { fee: { state: 'free', until: '2026-03-06T17:30:00Z' }, maxStay: 7200 },
    'Motorcycles may park · free until 18:30 · max 2 hrs',
  ],
  [{ fee: { state: 'paid', until: null } }, 'Motorcycles may park · paid'],
  [{ fee: { state: 'free', until: '2026-03-09T08:00:00Z' } }, 'Motorcycles may park · free until Mon 09:00'],
  // The same weekday a week later is not today.
  [{ fee: { state: 'free', until: '2026-03-13T11:30:00Z' } }, 'Motorcycles may park · free until Fri 12:30'],
  [{ mayPark: 'unknown' }, 'Check the sign: who may park is not known'],
  [no('not-at-this-time', '2026-03-06T14:00:00Z'), 'No parking until 15:00'],
  [no('closed'), 'Closed'],
  [no('permit-only'), 'Permit holders only'],
  [no('vehicle-no'), 'Motorcycles may not park'],
])('%j is "%s"', (change, text) => {
  expect(rulesLine({ ...rules, ...change }, 'motorcycle', words)).toBe(text)
})

it('is current until the next change of the rules', () => {
  const expiring = { ...rules, validUntil: '2026-03-06T11:00:01Z' }
  expect(isCurrent(expiring, words.now)).toBe(true)
  expect(isCurrent(expiring, words.now + 1_000)).toBe(false)
})
