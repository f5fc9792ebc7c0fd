import type { Boundaries, Violation } from './boundaries.ts'
import { findCycles } from './cycles.ts'
import { findImportFault } from './import-rules.ts'
import { readSource } from './read-source.ts'
import { findUseViolations } from './use-rules.ts'

/** All violations of the rules in these files (path from the root → text). */
export function checkSources(rules: Boundaries, files: ReadonlyMap<string, string>): Violation[] {
  const sources = [...files].map(([file, text]) => readSource(file, text))
  const perFile = sources.flatMap((source) => [
    ...source.imports.flatMap((wanted) => {
      const message = findImportFault(rules, source.file, wanted)
      return message === null
        ? []
        : [{ file: source.file, line: wanted.line, message: `${wanted.specifier}: ${message}` }]
    }),
    ...findUseViolations(rules, source),
  ])
  const cycles = findCycles(sources, Object.keys(rules.packages)).map((cycle) => ({
    file: cycle[0] ?? '',
    line: 1,
    message: `circular import: ${[...cycle, cycle[0]].join(' → ')}`,
  }))
  return [...perFile, ...cycles]
}
