import type { Attestation, Evidence, Gate, Waiver } from './gate.ts'
import { figureFaults } from './judge-figures.ts'

/**
 * `pass`: the evidence meets the gate. `fail`: it does not. `error`: there is no evidence that could be judged, which blocks
 * like a failure. `waived`: it fails, and a waiver states why it is safe to continue. `na`: it does not apply.
 */
export type GateStatus = 'pass' | 'fail' | 'error' | 'waived' | 'na'

/** `reason`: why it did not pass, one or more sentences; null if it passed. */
export type JudgedGate = {
  readonly gate: Gate
  readonly status: GateStatus
  readonly reason: string | null
  readonly evidence: Evidence | null
  readonly attestation: Attestation | null
  readonly waiver: Waiver | null
}

/**
 * The evidence for a gate. `fault`: why its evidence cannot be used, such as a wrong digest or a command that ran into its
 * time limit; null if nothing is wrong with it.
 */
export type GateInput = {
  readonly evidence: Evidence | null
  readonly attestation: Attestation | null
  readonly fault: string | null
}

/**
 * `now`: epoch milliseconds. `commit`: what is judged. `committedAt`: epoch milliseconds; null if unknown.
 * `isLong`: measurements whose result may come from an earlier commit within the maximum age, because they take long.
 * `commandOf`: the command with which a person measures.
 */
export type JudgeContext = {
  readonly now: number
  readonly commit: string
  readonly committedAt: number | null
  readonly isLong: (measurement: string) => boolean
  readonly commandOf: (measurement: string) => string
  readonly waivers: readonly Waiver[]
}

const DAY_MS = 24 * 60 * 60_000
/** Clocks of two machines may differ by this much. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

/** Judges one gate by its evidence. A gate without usable evidence never passes. */
export function judgeGate(gate: Gate, input: GateInput, context: JudgeContext): JudgedGate {
  const { evidence, attestation } = input
  const judged = { gate, evidence, attestation, waiver: null }
  if (gate.notApplicable !== null) return { ...judged, status: 'na', reason: gate.notApplicable }
  const verdict = gate.kind === 'human' ? judgeAttestation(gate, input, context) : judgeEvidence(gate, input, context)
  if (verdict === null) return { ...judged, status: 'pass', reason: null }
  const waiver = context.waivers.find((one) => one.gate === gate.id && context.now < endOf(one)) ?? null
  if (waiver === null) return { ...judged, ...verdict }
  const reason = `${verdict.reason} Waived until ${waiver.until}: ${waiver.reason}`
  return { ...judged, status: 'waived', reason, waiver }
}

type Verdict = { readonly status: 'fail' | 'error'; readonly reason: string }

function judgeEvidence(gate: Gate, { evidence, fault }: GateInput, context: JudgeContext): Verdict | null {
  if (fault !== null) return { status: 'error', reason: fault }
  if (evidence === null) return { status: 'error', reason: unmeasured(gate, context) }
  const unusable =
    placeFault(gate, evidence, context) ??
    timeFault(evidence.measuredAt, gate, context) ??
    olderFault(evidence, context)
  if (unusable !== null) return { status: 'error', reason: unusable }
  const faults = figureFaults(evidence.figures, gate.expect)
  return faults.length === 0 ? null : { status: 'fail', reason: faults.join(' ') }
}

function judgeAttestation(gate: Gate, { attestation, fault }: GateInput, context: JudgeContext): Verdict | null {
  if (fault !== null) return { status: 'error', reason: fault }
  if (attestation === null)
    return {
      status: 'fail',
      reason: `It is not signed. ${gate.owner} signs it in launch/attestations/${gate.id}.yaml.`,
    }
  if (attestation.origin === 'rehearsal') return { status: 'fail', reason: 'It was only rehearsed.' }
  if (attestation.duty !== gate.owner)
    return { status: 'fail', reason: `The duty ${attestation.duty} signed it; expected ${gate.owner}.` }
  if (attestation.commit !== context.commit)
    return { status: 'fail', reason: `It was signed for commit ${attestation.commit}, not for this one.` }
  const untimely = timeFault(attestation.signedAt, gate, context)
  return untimely === null ? null : { status: 'fail', reason: untimely }
}

function unmeasured({ measurement }: Gate, { isLong, commandOf }: JudgeContext): string {
  const id = measurement ?? ''
  return `It was not measured${isLong(id) ? '' : ' at this commit'}. Run: ${commandOf(id)}`
}

function placeFault({ measurement }: Gate, evidence: Evidence, { commit, isLong }: JudgeContext): string | null {
  if (evidence.measurement !== measurement)
    return `Its evidence is of ${evidence.measurement}; expected ${measurement}.`
  if (evidence.commit === commit || isLong(evidence.measurement)) return null
  return `Its evidence is of commit ${evidence.commit}, not of this one.`
}

function timeFault(at: number, { maximumAgeDays }: Gate, { now }: JudgeContext): string | null {
  if (at > now + CLOCK_TOLERANCE_MS) return 'Its evidence is from the future: a clock is wrong.'
  const ageDays = (now - at) / DAY_MS
  if (ageDays <= maximumAgeDays) return null
  return `Its evidence is ${Math.floor(ageDays)} days old; expected at most ${maximumAgeDays}.`
}

function olderFault(evidence: Evidence, { commit, committedAt }: JudgeContext): string | null {
  if (evidence.commit !== commit || committedAt === null) return null
  if (evidence.measuredAt + CLOCK_TOLERANCE_MS >= committedAt) return null
  return 'Its evidence is older than the commit that it names.'
}

/** A waiver is valid until the end of its last day, in UTC. */
function endOf({ until }: Waiver): number {
  return Date.parse(`${until}T00:00:00Z`) + DAY_MS
}
