import type { AvailabilityBody } from '@kickstand/contract'
import type { Level } from '@kickstand/domain'
import type { Format } from '@kickstand/i18n'
import type { Text } from '#i18n/i18n.ts'

/**
 * What a plate shows of an availability. `count` is one number, `range` two numbers if the range is wide, `word` a
 * state without a number (capacity unknown). Unknown and closed have no figure.
 */
export type Figure =
  | { readonly kind: 'count'; readonly value: number; readonly exact: boolean }
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'word'; readonly level: Level }
  | { readonly kind: 'full' | 'unknown' | 'closed' }

/** A range is shown as such if it is wider than this share of the expected number and at least `WIDE_SPACES`. */
const WIDE_SHARE = 1.5
const WIDE_SPACES = 5
const EVEN_CHANCE = 0.5

/** What the page shows of an availability: never a figure that contradicts its state or claims more than is known. */
export function figureOf(a: AvailabilityBody): Figure {
  if (a.state === 'unknown' || a.state === 'closed') return { kind: a.state }
  if (a.state === 'full') return { kind: 'full' }
  if (a.expectedFree === null) return { kind: 'word', level: a.state }
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
export function figureText(a: AvailabilityBody, t: Text, format: Format): string {
  const figure = figureOf(a)
  if (figure.kind === 'count') {
    const n = format.count(figure.value)
    return t(figure.exact ? 'free.exact' : 'free.about', { n })
  }
  if (figure.kind === 'range') return t('free.range', { range: format.range(figure.low, figure.high) })
  return t(`state.${a.state}`)
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
export function expectText(a: AvailabilityBody, t: Text, format: Format): string | null {
  const expected = a.latest?.expected
  const state = expected?.state ?? a.state
  if (!expected || state === a.state || state === 'unknown' || state === 'closed') return chanceText(a, t, format)
  return t('soon.likely', { state, minutes: format.minutes(expected.minutes) })
}

/** The chance of a space in words and percent; null if it is unknown or the zone is closed. */
export function chanceText(a: AvailabilityBody, t: Text, format: Format): string | null {
  const { chance } = a
  if (chance === null || a.state === 'unknown' || a.state === 'closed') return null
  const words = CHANCE_STEPS.find(([from]) => chance >= from)?.[1] ?? 'veryUnlikely'
  return t('chance.withPercent', { words: t(`chance.${words}`), percent: format.percent(chance) })
}
