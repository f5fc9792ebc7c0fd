import type { Failure } from '@kickstand/client'
import type { Format } from './format.ts'
import { enProblems, type ProblemMessages } from './en-problems.ts'

const CATALOGUES: Readonly<Record<string, ProblemMessages>> = { en: enProblems }

/** Why a rider's request was rejected, in the page's language. */
export function problemText(failure: Failure, locale: string, format: Pick<Format, 'distance'>): string {
  const text = CATALOGUES[locale] ?? enProblems
  if (failure.kind === 'unreachable') return text.tooLate
  const { code, params } = failure.problem
  const metres = params?.['metres']
  const distance = typeof metres === 'number' ? format.distance(metres) : null
  return (text.reasons[code] ?? text.other)({ distance })
}
