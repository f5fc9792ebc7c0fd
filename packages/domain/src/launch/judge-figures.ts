import type { Expectation, FigureValue } from './gate.ts'

/**
 * Lists what is wrong with the figures of a measurement, one sentence each; empty if all expectations are met. A figure that
 * is missing, or is not a number although its bound needs one, is a fault.
 */
export function figureFaults(
  figures: Readonly<Record<string, FigureValue>>,
  expectations: readonly Expectation[],
): string[] {
  return expectations.flatMap((expectation) => {
    const value = Object.hasOwn(figures, expectation.figure) ? figures[expectation.figure] : undefined
    return faultOf(value, expectation) ?? []
  })
}

function faultOf(value: FigureValue | undefined, { figure, atLeast, atMost, equals }: Expectation): string | null {
  if (value === undefined) return `${figure} was not measured.`
  if (equals !== undefined) return value === equals ? null : `${figure} is ${value}; expected ${equals}.`
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${figure} is ${value}; expected a number.`
  if (atLeast !== undefined && value < atLeast) return `${figure} is ${value}; expected at least ${atLeast}.`
  if (atMost !== undefined && value > atMost) return `${figure} is ${value}; expected at most ${atMost}.`
  return null
}
