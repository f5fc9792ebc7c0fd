import {
  areasOf,
  blockersOf,
  judgeGate,
  judgeView,
  selectGates,
  type AreaReadiness,
  type GateFilter,
  type GateInput,
  type JudgedGate,
  type JudgedView,
} from '@kickstand/domain'
import type { Clock } from '#platform/clock.ts'
import type { MeasurementDefinition } from './definition-schemas.ts'
import { evidenceFile, keptFile, readEvidence, writeEvidence, type ReadEvidence } from './evidence-files.ts'
import { makeEvidence } from './make-evidence.ts'
import { readCommit, type Commit } from './read-commit.ts'
import { readDefinitions, type Definitions } from './read-definitions.ts'
import { runMeasurement, type RanMeasurement } from './run-measurement.ts'

/**
 * Figures from the database of this installation, by the id of the measurement. `fault`: why they could not be read, one
 * sentence.
 */
export type ReadRecord = (measurement: string) => Promise<RanMeasurement>

type Deps = {
  /** The folder of the release. */
  readonly root: string
  readonly clock: Clock
  readonly readRecord: ReadRecord
  /** Whether this environment is a rehearsal. */
  readonly isRehearsal: boolean
}

/** `files`: the file from which the evidence of each measurement was read. */
export type Readiness = {
  readonly commit: string
  readonly areas: readonly AreaReadiness[]
  readonly blockers: readonly JudgedGate[]
  readonly views: readonly JudgedView[]
  readonly files: ReadonlyMap<string, string>
}

/**
 * Judges the gates of a release by their evidence. Runs quick measurements that have no evidence at this commit, and reads
 * records from the database. It never runs suites. The views judge all gates, whatever the filter selects. Throws
 * `invalid-config` for definitions that cannot be read.
 */
export async function measureReadiness(deps: Deps, filter: GateFilter): Promise<Readiness> {
  const definitions = readDefinitions(deps.root)
  const commit = readCommit(deps.root)
  const read = new Map<string, ReadEvidence>()
  for (const measurement of definitions.measurements)
    read.set(measurement.id, await evidenceOf(deps, measurement, commit))
  const judged = judgeAll(deps, definitions, commit, read)
  const selected = selectGates(judged, filter)
  const byId = new Map(judged.map((one) => [one.gate.id, one]))
  return {
    commit: commit.id,
    areas: areasOf(selected),
    blockers: blockersOf(selected),
    views: definitions.views.map((view) => judgeView(view, byId)),
    files: new Map([...read].flatMap(([id, { file }]) => (file === null ? [] : [[id, file] as const]))),
  }
}

function judgeAll(
  { clock }: Deps,
  { gates, measurements, attestations, waivers }: Definitions,
  { id, committedAt }: Commit,
  read: ReadonlyMap<string, ReadEvidence>,
): JudgedGate[] {
  const long = new Set(measurements.filter(({ source }) => source === 'long').map((one) => one.id))
  const commands = new Map(measurements.map((one) => [one.id, one.command]))
  const context = {
    now: clock(),
    commit: id,
    committedAt,
    isLong: (one: string) => long.has(one),
    commandOf: (one: string) => commands.get(one) ?? one,
    waivers,
  }
  return gates.map((gate) => {
    const found = gate.measurement === null ? undefined : read.get(gate.measurement)
    const input: GateInput = {
      evidence: found?.evidence ?? null,
      fault: found?.fault ?? null,
      attestation: attestations.find((one) => one.gate === gate.id) ?? null,
    }
    return judgeGate(gate, input, context)
  })
}

async function evidenceOf(deps: Deps, measurement: MeasurementDefinition, commit: Commit): Promise<ReadEvidence> {
  const { root, readRecord } = deps
  const { id, source, run, timeoutSeconds = 30 } = measurement
  if (source === 'long') return readEvidence([evidenceFile(root, commit.id, id), keptFile(root, id)])
  // A record is read each time, because the database changes without a commit.
  if (source === 'record') return keep(deps, measurement, commit, () => readRecord(id))
  const found = readEvidence([evidenceFile(root, commit.id, id)])
  if (found.file !== null || run === undefined) return found
  return keep(deps, measurement, commit, () => runMeasurement(run, { root, timeoutSeconds }))
}

async function keep(
  { root, clock, isRehearsal }: Deps,
  { id, command }: MeasurementDefinition,
  commit: Commit,
  measure: () => Promise<RanMeasurement>,
): Promise<ReadEvidence> {
  const started = clock()
  const { figures, fault } = await measure()
  if (figures === null) return { evidence: null, fault, file: null }
  const evidence = makeEvidence({
    id,
    command,
    commit: commit.id,
    startedAt: started,
    endedAt: clock(),
    figures,
    isRehearsal,
  })
  const file = evidenceFile(root, commit.id, id)
  try {
    writeEvidence(file, evidence)
  } catch (error) {
    return {
      evidence: null,
      fault: `Its evidence cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
      file: null,
    }
  }
  return { evidence, fault: null, file }
}
