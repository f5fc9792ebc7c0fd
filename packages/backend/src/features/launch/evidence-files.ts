import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Evidence, FigureValue } from '@kickstand/domain'
import { Type } from 'typebox'
import { Check } from 'typebox/value'

const Stored = Type.Object(
  {
    measurement: Type.String(),
    commit: Type.String(),
    measuredAt: Type.Number(),
    seconds: Type.Number(),
    command: Type.String(),
    machine: Type.String(),
    origin: Type.Union([Type.Literal('measured'), Type.Literal('rehearsal')]),
    figures: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Boolean()])),
    digest: Type.String(),
  },
  { additionalProperties: false },
)

/** Evidence that was read. `fault`: why it cannot be used, one sentence; null if nothing is wrong with the file. */
export type ReadEvidence = {
  readonly evidence: Evidence | null
  readonly fault: string | null
  readonly file: string | null
}

/** Where the results of one commit are: `var/evidence/<commit>/<measurement>.json`. */
export function evidenceFile(root: string, commit: string, measurement: string): string {
  return path.join(root, 'var/evidence', commit, `${measurement}.json`)
}

/** Where the result of a measurement that takes hours is kept in the repository. */
export function keptFile(root: string, measurement: string): string {
  return path.join(root, 'launch/measured', `${measurement}.json`)
}

/** Writes evidence with its digest. A reader sees the old file or the new one, never half of it. */
export function writeEvidence(file: string, evidence: Evidence): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const partial = `${file}.${process.pid}.partial`
  writeFileSync(partial, `${JSON.stringify({ ...evidence, digest: digestOf(evidence) }, null, 2)}\n`)
  renameSync(partial, file)
}

/** Reads the first of some files that exists. */
export function readEvidence(files: readonly string[]): ReadEvidence {
  const file = files.find((one) => existsSync(one))
  if (file === undefined) return { evidence: null, fault: null, file: null }
  let stored: unknown
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { evidence: null, fault: 'Its evidence is no JSON.', file }
  }
  if (!Check(Stored, stored)) return { evidence: null, fault: 'Its evidence has another shape than expected.', file }
  const { digest, ...evidence } = stored
  if (digest !== digestOf(evidence))
    return { evidence, fault: 'The digest of its evidence is wrong: somebody has edited the file.', file }
  return { evidence, fault: null, file }
}

/**
 * SHA-256 of the evidence, in hex. It shows edits by hand. It does not protect from somebody who computes it anew: signatures of
 * a launch do.
 */
function digestOf({ figures, ...rest }: Evidence): string {
  const sorted = (record: Readonly<Record<string, FigureValue>>) =>
    Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const { measurement, commit, measuredAt, seconds, command, machine, origin } = rest
  const canonical = JSON.stringify([
    measurement,
    commit,
    measuredAt,
    seconds,
    command,
    machine,
    origin,
    sorted(figures),
  ])
  return createHash('sha256').update(canonical).digest('hex')
}
