import { GATE_AREAS, GATE_LEVELS, type GateArea, type GateKind, type GateLevel } from './gate.ts'
import type { JudgedGate } from './judge-gate.ts'

/** `percent`: passed gates of those that apply, rounded down; null if none applies. A waived gate does not count as passed. */
export type AreaReadiness = {
  readonly id: GateArea
  readonly percent: number | null
  readonly gates: readonly JudgedGate[]
}

/** Selects gates: those of a level and of stricter levels, and of these kinds. */
export type GateFilter = { readonly level: GateLevel; readonly kinds: readonly GateKind[] }

export function selectGates(gates: readonly JudgedGate[], { level, kinds }: GateFilter): JudgedGate[] {
  const levels = GATE_LEVELS.slice(0, GATE_LEVELS.indexOf(level) + 1)
  return gates.filter(({ gate }) => levels.includes(gate.level) && kinds.includes(gate.kind))
}

/** The gates by area, in the order of the areas; areas without gates are left out. */
export function areasOf(gates: readonly JudgedGate[]): AreaReadiness[] {
  return GATE_AREAS.flatMap((id) => {
    const own = gates.filter(({ gate }) => gate.area === id)
    return own.length === 0 ? [] : [{ id, percent: percentOf(own), gates: own }]
  })
}

function percentOf(gates: readonly JudgedGate[]): number | null {
  const applying = gates.filter(({ status }) => status !== 'na')
  if (applying.length === 0) return null
  return Math.floor((100 * applying.filter(({ status }) => status === 'pass').length) / applying.length)
}

/** Whether a gate blocks its level. */
export function isOpen({ status }: Pick<JudgedGate, 'status'>): boolean {
  return status === 'fail' || status === 'error'
}

/** The open gates of the level `must`. What is open at a weaker level does not block going live. */
export function blockersOf(gates: readonly JudgedGate[]): JudgedGate[] {
  return gates.filter((judged) => isOpen(judged) && judged.gate.level === 'must')
}
