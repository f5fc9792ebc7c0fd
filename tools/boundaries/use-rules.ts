import type { Boundaries, Violation } from './boundaries.ts'
import { isTest, matches, matchesAny } from './files.ts'
import type { Source } from './read-source.ts'

/** Violations of the rules on SQL, clock, randomness, environment and names of database engines. */
export function findUseViolations(rules: Boundaries, source: Source): Violation[] {
  if (isTest(source.file)) return []
  return [
    ...findSqlViolations(rules.sql, source),
    ...findAmbientViolations(rules.ambient, source),
    ...findEnginesViolations(rules.engines, source),
  ]
}

function findSqlViolations(rule: Boundaries['sql'], { file, imports, sqlTemplates }: Source): Violation[] {
  if (!file.startsWith('packages/') || matchesAny(file, rule.allowed)) return []
  const typesAllowed = matchesAny(file, rule.typesAllowed)
  const lines = imports
    .filter(({ specifier, typeOnly }) => specifier === rule.module && !(typesAllowed && typeOnly))
    .map(({ line }) => line)
  return [...lines, ...sqlTemplates].map((line) => ({
    file,
    line,
    message: 'SQL is allowed only in *-store.ts, read-model, live, jobs, db and parts of features/transfer',
  }))
}

function findAmbientViolations(rule: Boundaries['ambient'], { file, ambient }: Source): Violation[] {
  if (!matchesAny(file, rule.checked) || matchesAny(file, Object.keys(rule.allowed))) return []
  return ambient.map(({ text, line }) => ({
    file,
    line,
    message: `${text}: pass time, randomness and settings as arguments; only platform/ reads them`,
  }))
}

function findEnginesViolations(rule: Boundaries['engines'], { file, words }: Source): Violation[] {
  const excepted = Object.keys(rule.exceptions).some((glob) => matches(file, glob))
  if (!matchesAny(file, rule.checked) || excepted) return []
  const name = new RegExp(rule.words.join('|'), 'i')
  return words
    .filter(({ text }) => name.test(text))
    .map(({ text, line }) => ({
      file,
      line,
      message: `“${text.trim().slice(0, 40)}” names a database engine: the engines differ only in db/dialects`,
    }))
}
