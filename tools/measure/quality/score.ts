import { isTest } from '../../boundaries/files.ts'
import type { SourceMeasure, Span } from './measure-source.ts'

export const MAX_FILE_LINES = 300
export const MAX_FUNCTION_LINES = 80

/** `lintFaults`: files in which the linter found something. `duplicates`: lines by file. `unused`: exports by file. */
export type QualityInput = {
  readonly sources: readonly SourceMeasure[]
  readonly lintFaults: ReadonlySet<string>
  readonly duplicates: ReadonlyMap<string, ReadonlySet<number>>
  readonly unused: ReadonlyMap<string, readonly Span[]>
}

/** Lines of code of which one part of the score counts `bad` as not meeting it, and what to do about them. */
export type Loss = { readonly where: string; readonly bad: number; readonly why: string }
/** `percent`: the share of lines that meet the part, unrounded. */
export type Part = { readonly name: string; readonly percent: number; readonly losses: readonly Loss[] }

/** The parts of the score. Each percentage is weighted by lines: a fault in a long file costs more than one in a short file. */
export function scoreParts({ sources, lintFaults, duplicates, unused }: QualityInput): Part[] {
  const lines = sum(sources.map((source) => source.lines))
  const exported = sources.filter(({ file }) => !isTest(file)).flatMap(withFile)
  const whole = ({ file, lines: bad }: SourceMeasure, why: string): Loss => ({ where: file, bad, why })
  return [
    part(
      'lint',
      lines,
      sources.filter(({ file }) => lintFaults.has(file)).map((one) => whole(one, 'faults of the linter')),
    ),
    part(
      'types',
      lines,
      sources.flatMap((one) => typeLoss(one) ?? []),
    ),
    part('size', lines, sources.flatMap(sizeLosses)),
    part(
      'duplication',
      lines,
      [...duplicates].map(([where, found]) => ({ where, bad: found.size, why: 'lines that appear twice' })),
    ),
    part(
      'docstrings',
      sum(exported.map(({ span }) => length(span))),
      exported
        .filter(({ span }) => !span.isDocumented)
        .map(({ file, span }) => ({ where: at(file, span), bad: length(span), why: `no docstring: ${span.name}` })),
    ),
    part(
      'unused',
      lines,
      [...unused].flatMap(([file, spans]) =>
        spans.map((span) => ({ where: at(file, span), bad: length(span), why: `nothing uses ${span.name}` })),
      ),
    ),
  ]
}

/** The score: the mean of its parts. */
export function meanPercent(parts: readonly Part[]): number {
  return sum(parts.map(({ percent }) => percent)) / parts.length
}

function part(name: string, all: number, losses: readonly Loss[]): Part {
  const bad = sum(losses.map((loss) => loss.bad))
  return { name, percent: all === 0 ? 0 : 100 * (1 - bad / all), losses: losses.toSorted((a, b) => b.bad - a.bad) }
}

function typeLoss({ file, lines, typeFaults }: SourceMeasure): Loss | null {
  const [first] = typeFaults
  return first === undefined ? null : { where: at(file, first), bad: lines, why: first.name }
}

/** All lines of a file that is too long, else those of its functions that are. In tests, `describe` makes long functions. */
function sizeLosses({ file, lines, functions }: SourceMeasure): Loss[] {
  if (lines > MAX_FILE_LINES) return [{ where: file, bad: lines, why: `over ${MAX_FILE_LINES} lines` }]
  if (isTest(file)) return []
  const long = functions.filter((span) => length(span) > MAX_FUNCTION_LINES)
  return long
    .filter((span) => !long.some((other) => other !== span && other.first <= span.first && other.last >= span.last))
    .map((span) => ({
      where: at(file, span),
      bad: length(span),
      why: `${span.name}: over ${MAX_FUNCTION_LINES} lines`,
    }))
}

function withFile({ file, exportedFunctions }: SourceMeasure) {
  return exportedFunctions.map((span) => ({ file, span }))
}

const length = ({ first, last }: Span): number => last - first + 1
const at = (file: string, { first }: Span): string => `${file}:${first}`
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
