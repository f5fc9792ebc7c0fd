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

/** The file for the result of a measurement at one commit: `var/evidence/<commit>/<measurement>.json`. */
export function evidenceFile(root: string, commit: string, measurement: string): string {
  return path.join(root, 'var/evidence', commit, `${measurement}.json`)
}

/** The file in the repository for the result of a measurement that takes hours. */
export function keptFile(root: string, measurement: string): string {
  return path.join(root, 'launch/measured', `${measurement}.json`)
}

/** Writes evidence with its digest. The file is replaced atomically. */
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
  if (!Check(Stored, stored)) return { evidence: null, fault: 'Its evidence does not match the schema.', file }
  const { digest, ...evidence } = stored
  if (digest !== digestOf(evidence))
    return { evidence, fault: 'The digest of its evidence is wrong: somebody has edited the file.', file }
  return { evidence, fault: null, file }
}

/**
 * SHA-256 of the evidence, in hex. It detects manual edits, but not edits by a person who also updates the digest. Signatures
 * of a launch protect against that.
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
