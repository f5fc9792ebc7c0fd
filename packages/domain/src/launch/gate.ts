/** Areas of readiness. The first five are technical, the others concern people. */
export const TECHNICAL_AREAS = ['infrastructure', 'security', 'performance', 'documentation', 'testing'] as const
export const PEOPLE_AREAS = ['approval', 'training', 'support', 'communication'] as const
export const GATE_AREAS = [...TECHNICAL_AREAS, ...PEOPLE_AREAS] as const
export type GateArea = (typeof GATE_AREAS)[number]

/** How important a gate is for going live, strictest first. */
export const GATE_LEVELS = ['must', 'should', 'could'] as const
export type GateLevel = (typeof GATE_LEVELS)[number]

/** What proves that a gate is met: the figures of a command, records in the database, or the signature of a person. */
export const GATE_KINDS = ['command', 'record', 'human'] as const
export type GateKind = (typeof GATE_KINDS)[number]

/** Duties of a launch. A gate's owner is a duty, not a person. */
export const DUTIES = ['project-lead', 'operations', 'quality', 'writer', 'support-lead'] as const
export type Duty = (typeof DUTIES)[number]

/** What a figure of a measurement must be. Exactly one bound, or both ends of a range. */
export type Expectation = {
  readonly figure: string
  readonly atLeast?: number
  readonly atMost?: number
  readonly equals?: number | string | boolean
}

/**
 * A condition for going live. `measurement`: the id of its measurement; null for a human gate, for which a person provides
 * the evidence. `maximumAgeDays`: how old its evidence may be. `since`: the day on which the gate was added, as YYYY-MM-DD.
 * `failureMeans`: what a failure means for riders or operators. `runbook`: the document that says what to do.
 * `notApplicable`: why the gate does not apply, else null.
 */
export type Gate = {
  readonly id: string
  readonly title: string
  readonly area: GateArea
  readonly level: GateLevel
  readonly owner: Duty
  readonly kind: GateKind
  readonly measurement: string | null
  readonly expect: readonly Expectation[]
  readonly maximumAgeDays: number
  readonly since: string
  readonly failureMeans: string
  readonly runbook: string
  readonly notApplicable: string | null
}

/** A gate that is deliberately left open until a day. The waiver stays in the list after it has ended. */
export type Waiver = {
  readonly gate: string
  readonly owner: Duty
  readonly reason: string
  readonly safeBecause: string
  /** The last day on which it counts, as YYYY-MM-DD. */
  readonly until: string
}

export type FigureValue = number | string | boolean

/**
 * One result of a measurement. `commit`: what was measured; `treeOf` in `read-commit.ts` says how a changed work tree is named.
 * `measuredAt`: epoch milliseconds. `origin`: a rehearsal is a test or an environment that is not production.
 */
export type Evidence = {
  readonly measurement: string
  readonly commit: string
  readonly measuredAt: number
  readonly seconds: number
  readonly command: string
  readonly machine: string
  readonly origin: 'measured' | 'rehearsal'
  readonly figures: Readonly<Record<string, FigureValue>>
}

/**
 * The evidence that a person provided for a human gate. `link` is an address or the path of a file. `origin`: as in
 * `Evidence`; a rehearsal never counts.
 */
export type Attestation = {
  readonly gate: string
  readonly commit: string
  readonly by: string
  readonly duty: Duty
  readonly signedAt: number
  readonly link: string
  readonly origin: 'signed' | 'rehearsal'
}
