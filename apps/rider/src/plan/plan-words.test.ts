import type { PlanBody, PlanStopBody } from '@kickstand/contract'
import { describe, expect, it } from 'vitest'
import { textsOf } from '#i18n/fixtures.ts'
import { lowChanceWarning, minutesText, planSentence, reasonTexts } from './plan-words.ts'

const words = await textsOf('en')
const { p } = words

function aStop(change: Partial<PlanStopBody>): Omit<PlanStopBody, 'zone'> {
  return {
    rideSeconds: 60,
    rideMetres: 200,
    walkSeconds: 240,
    arriveAt: '2026-08-01T10:00:00Z',
    chance: 0.82,
    chanceKnown: true,
    reachedWith: 1,
    chanceSoFar: 0.82,
    expectedSeconds: 400,
    reasons: [],
    reason: '',
    ...change,
  }
}

type Plan = Parameters<typeof planSentence>[0]

function aPlan(stops: readonly Partial<PlanStopBody>[], change: Partial<PlanBody> = {}): Plan {
  return { stops: stops.map(aStop), chance: 0.9, ...change }
}

describe('the words of a plan', () => {
  it('says the first stop, what then, and the chance of all', () => {
    const plan = aPlan([{}, { rideMetres: 203, chanceSoFar: 0.97 }])
    expect(planSentence(plan, words)).toBe(
      '82% chance at the first stop, 4 min walk; if it is full, 200 m to the next; 97% overall.',
    )
    expect(planSentence(aPlan([{ walkSeconds: 12 }]), words)).toBe('82% chance at the first stop, under 1 min walk.')
  })

  it('has no figure if nothing is known, and no overall chance that rests on a guess', () => {
    expect(planSentence(aPlan([{ chanceKnown: false }]), words)).toBe(
      'No reports here yet, so the nearest places come first.',
    )
    const mixed = aPlan([{}, { chanceKnown: false }])
    expect(planSentence(mixed, words)).toBe(
      '82% chance at the first stop, 4 min walk; if it is full, 200 m to the next.',
    )
    expect(planSentence(aPlan([{ chanceKnown: false }, {}]), words)).toMatch(/^Chance not known at the first stop/)
  })

  it('warns of a low chance, but not if nothing is known', () => {
    expect(lowChanceWarning(aPlan([{}], { chance: 0.3 }), p)).toBe(p('plan.low'))
    expect(lowChanceWarning(aPlan([{}], { chance: 0.6 }), p)).toBeNull()
    expect(lowChanceWarning(aPlan([{ chanceKnown: false }], { chance: 0.3 }), p)).toBeNull()
  })

  it('gives the reasons that the figures do not show', () => {
    const reason = (code: PlanStopBody['reasons'][number]['code']) => ({ code, chance: 0.4, metres: 150, seconds: 120 })
    const stop = aStop({ reasons: [reason('chance'), reason('nearer-are-likely-full'), reason('close-by')] })
    expect(reasonTexts(stop, words)).toEqual([
      'Closer places are likely full (40% at best), though they would save 2 min of walking.',
    ])
    const guess = aStop({ chanceKnown: false, reasons: [reason('chance-unknown'), reason('full-nearby')] })
    expect(reasonTexts(guess, words)).toEqual(['No reports from here yet.'])
  })

  it('formats times in whole minutes', () => {
    expect([5, 29, 30, 89, 600].map((seconds) => minutesText(seconds, words))).toEqual([
      'under 1 min',
      'under 1 min',
      '1 min',
      '1 min',
      '10 min',
    ])
  })
})
