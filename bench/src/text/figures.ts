import type { Spread } from '../measure/statistics.ts'

/** A median with minimum and maximum: `0.052 (0.050–0.055)`. */
export function spreadText({ median, min, max }: Spread, digits: number): string {
  return `${numberText(median, digits)} (${numberText(min, digits)}–${numberText(max, digits)})`
}

export function numberText(value: number, digits: number): string {
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** A target and whether it was met, for the list under a table. */
export type Target = { readonly what: string; readonly met: boolean; readonly measured: string }

export function targetLines(targets: readonly Target[]): string {
  return targets
    .map(({ what, met, measured }) => `* ${met ? 'met' : '**missed**'}: ${what}; measured ${measured}`)
    .join('\n')
}
