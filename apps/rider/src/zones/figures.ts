import type { AvailabilityBody } from '@kickstand/contract'
import type { Format } from '../i18n/format.ts'
import type { Messages } from '../i18n/en.ts'

/**
 * What a plate shows of an availability. `count` is one number, `range` two numbers if the range is wide, `word` a
 * state without a number (capacity unknown). Unknown and closed have no figure.
 */
export type Figure =
  | { readonly kind: 'count'; readonly value: number; readonly exact: boolean }
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'word' | 'full' | 'unknown' | 'closed' }

/** A range is shown as such if it is wider than this share of the expected number and at least `WIDE_SPACES`. */
const WIDE_SHARE = 1.5
const WIDE_SPACES = 5
const EVEN_CHANCE = 0.5

export function figureOf(a: AvailabilityBody): Figure {
  if (a.state === 'unknown' || a.state === 'closed') return { kind: a.state }
  if (a.state === 'full') return { kind: 'full' }
  if (a.expectedFree === null) return { kind: 'word' }
  const value = Math.round(a.expectedFree)
  const low = a.freeLow ?? value
  const high = Math.max(low, a.freeHigh ?? value)
  const width = high - low
  const wide = width >= WIDE_SPACES && width > a.expectedFree * WIDE_SHARE
  // "About 0 free" contradicts a state that is not full, and "about 1 free" contradicts a low chance.
  const contradicts = value === 0 || (low === 0 && a.chance !== null && a.chance < EVEN_CHANCE)
  if (wide || (contradicts && high > low)) return { kind: 'range', low, high }
  return { kind: 'count', value, exact: width === 0 }
}

/** The figure as one phrase: "about 4 free", "2–6 free", "Full". */
export function figureText(a: AvailabilityBody, t: Messages, format: Format): string {
  const figure = figureOf(a)
  if (figure.kind === 'count') {
    const n = format.count(figure.value)
    return figure.exact ? t.exactlyFree(n) : t.aboutFree(n)
  }
  return figure.kind === 'range' ? t.rangeFree(format.range(figure.low, figure.high)) : t.states[a.state]
}

/** The range to show beside a single number; null if it adds nothing. */
export function rangeBeside(a: AvailabilityBody, format: Format): string | null {
  if (figureOf(a).kind !== 'count' || a.freeLow === null || a.freeHigh === null || a.freeHigh <= a.freeLow) return null
  return format.range(a.freeLow, a.freeHigh)
}

const CHANCE_STEPS = [
  [0.95, 'certain'],
  [0.8, 'veryLikely'],
  [0.6, 'likely'],
  [0.4, 'even'],
  [0.2, 'unlikely'],
] as const

/** The text after the state: the expected state if it differs from the one just seen, otherwise the chance. */
export function expectText(a: AvailabilityBody, t: Messages, format: Format): string | null {
  const expected = a.latest?.expected
  if (!expected || expected.state === a.state) return chanceText(a, t, format)
  return t.likelySoon(t.states[expected.state], format.minutes(expected.minutes))
}

/** The chance of a space in words and percent; null if it is unknown or the zone is closed. */
export function chanceText(a: AvailabilityBody, t: Messages, format: Format): string | null {
  const { chance } = a
  if (chance === null || a.state === 'unknown' || a.state === 'closed') return null
  const words = CHANCE_STEPS.find(([from]) => chance >= from)?.[1] ?? 'veryUnlikely'
  return t.chanceWithPercent(t.chances[words], format.percent(chance))
}
