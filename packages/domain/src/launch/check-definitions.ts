import type { Gate, Waiver } from './gate.ts'
import type { PlanView } from './plan-view.ts'

/** The definitions from the files under `launch/`, and the ids of the measurements. */
export type LaunchDefinitions = {
  readonly gates: readonly Gate[]
  readonly measurements: readonly string[]
  readonly waivers: readonly Waiver[]
  readonly views: readonly PlanView[]
}

/**
 * Lists the contradictions in the definitions, one sentence each: duplicate or unknown ids, a human gate with a measurement
 * or another gate without one, an expectation without a bound, a line of a plan without an answer.
 */
export function definitionFaults({ gates, measurements, waivers, views }: LaunchDefinitions): string[] {
  const ids = gates.map(({ id }) => id)
  const known = new Set(ids)
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `Two gates have the id ${id}.`),
    ...gates.flatMap((gate) => gateFaults(gate, measurements)),
    ...waivers
      .filter(({ gate }) => !known.has(gate))
      .map(({ gate }) => `A waiver names the gate ${gate}, which does not exist.`),
    ...views.flatMap((view) => viewFaults(view, known)),
  ]
}

function gateFaults({ id, kind, measurement, expect }: Gate, measurements: readonly string[]): string[] {
  if (kind === 'human')
    return measurement === null && expect.length === 0
      ? []
      : [`The human gate ${id} has a measurement, but a person provides its evidence.`]
  if (measurement === null) return [`The gate ${id} has no measurement.`]
  if (!measurements.includes(measurement))
    return [`The gate ${id} names the measurement ${measurement}, which does not exist.`]
  if (expect.length === 0) return [`The gate ${id} expects no figure, so that it could not fail.`]
  return expect
    .filter(({ atLeast, atMost, equals }) => (equals === undefined) === (atLeast === undefined && atMost === undefined))
    .map(({ figure }) => `The gate ${id} must expect of ${figure} either "equals" or "atLeast" or "atMost".`)
}

function viewFaults({ id, sections }: PlanView, known: ReadonlySet<string>): string[] {
  return sections.flatMap(({ lines }) =>
    lines.flatMap(({ text, gates, later, answer }) => [
      ...gates
        .filter((gate) => !known.has(gate))
        .map((gate) => `${id}: "${text}" names the gate ${gate}, which does not exist.`),
      ...(gates.length === 0 && later.length === 0 && answer === null
        ? [`${id}: "${text}" has neither a gate nor an answer.`]
        : []),
    ]),
  )
}
