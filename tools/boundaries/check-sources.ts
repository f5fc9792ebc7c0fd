import type { Boundaries, Violation } from './boundaries.ts'
import { findCycles } from './cycles.ts'
import { matchesAny } from './files.ts'
import { folderOf } from './folders.ts'
import { findGraphCycles, findUnusedEdges } from './graph-rules.ts'
import { findImportFault } from './import-rules.ts'
import { readSchema } from './read-schema.ts'
import { readSource, type Source } from './read-source.ts'
import { findOwnerFaults, findTableViolations, findUnusedExemptions, type DeclaredTable } from './table-rules.ts'
import { findUseViolations } from './use-rules.ts'

type Files = ReadonlyMap<string, string>

/**
 * All violations in the repository: those in its files (path from the root → text), and the faults of `boundaries.js`.
 */
export function checkRepository(rules: Boundaries, files: Files): Violation[] {
  const sources = readAll(files)
  return [...violationsOf(rules, sources), ...checkData(rules, sources, readTables(rules, files))]
}

/** All violations of the rules in these files (path from the root → text). */
export function checkSources(rules: Boundaries, files: Files): Violation[] {
  return violationsOf(rules, readAll(files))
}

/** The tables of the schema, with the folder that describes each. */
function readTables(rules: Boundaries, files: Files): DeclaredTable[] {
  return [...files]
    .filter(([file]) => matchesAny(file, rules.sql.schema))
    .flatMap(([file, text]) => readSchema(text).map((name) => ({ name, folder: folderOf(rules, file) })))
}

function readAll(files: Files): Source[] {
  return [...files].map(([file, text]) => readSource(file, text))
}

function violationsOf(rules: Boundaries, sources: readonly Source[]): Violation[] {
  const perFile = sources.flatMap((source) => [
    ...source.imports.flatMap((imported) => {
      const message = findImportFault(rules, source.file, imported)
      return message === null
        ? []
        : [{ file: source.file, line: imported.line, message: `${imported.specifier}: ${message}` }]
    }),
    ...findUseViolations(rules, source),
    ...findTableViolations(rules, source),
  ])
  const cycles = findCycles(sources, Object.keys(rules.packages)).map((cycle) => ({
    file: cycle[0] ?? '',
    line: 1,
    message: `circular import: ${[...cycle, cycle[0]].join(' → ')}`,
  }))
  return [...perFile, ...cycles]
}

/** Faults of `boundaries.js`: cycles, and entries without a counterpart in the sources. */
function checkData(rules: Boundaries, sources: readonly Source[], tables: readonly DeclaredTable[]): Violation[] {
  return [
    ...findGraphCycles(rules),
    ...findUnusedEdges(rules, sources),
    ...findOwnerFaults(rules, tables),
    ...findUnusedExemptions(rules, sources),
  ].map((message) => ({ file: 'boundaries.js', line: 1, message }))
}
