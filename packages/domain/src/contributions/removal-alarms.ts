import { distance } from '#geo/great-circle.ts'
import type { Spot } from './rider-field.ts'

/** Attempts within this distance of the first are one alarm: a city. */
const MAX_GROUP_METRES = 25_000

/** One zone that riders report as gone or closed, and that is not removed yet. */
export type RemovalAttempt = Spot & {
  readonly zoneId: string
  /** Time of the first and the last statement. */
  readonly firstAt: number
  readonly lastAt: number
  readonly isHeld: boolean
  readonly statements: readonly {
    readonly riderId: string
    readonly network: string | null
    readonly hasRecord: boolean
  }[]
}

/** All attempts of one place. Unknown networks count as one. */
export type RemovalAlarm = {
  /** Position of the first attempt. */
  readonly at: Spot
  readonly zoneIds: readonly string[]
  readonly riders: number
  readonly withRecord: number
  readonly networks: number
  /** Zones that a limit held back. */
  readonly held: number
  readonly firstAt: number
  readonly lastAt: number
}

/** Groups all pending attempts to remove a zone by place, the place with the most zones first. */
export function removalAlarms(attempts: readonly RemovalAttempt[]): RemovalAlarm[] {
  const groups: RemovalAttempt[][] = []
  for (const attempt of attempts.toSorted((a, b) => a.firstAt - b.firstAt || (a.zoneId < b.zoneId ? -1 : 1))) {
    const group = groups.find(([first]) => first !== undefined && isNear(first, attempt))
    if (group === undefined) groups.push([attempt])
    else group.push(attempt)
  }
  return groups.flatMap(toAlarm).toSorted((a, b) => b.zoneIds.length - a.zoneIds.length || a.firstAt - b.firstAt)
}

function toAlarm(group: readonly RemovalAttempt[]): RemovalAlarm[] {
  const [first] = group
  if (first === undefined) return []
  const statements = group.flatMap((attempt) => attempt.statements)
  const count = (ids: readonly (string | null)[]): number => new Set(ids).size
  return [
    {
      at: { lat: first.lat, lng: first.lng },
      zoneIds: [...new Set(group.map(({ zoneId }) => zoneId))],
      riders: count(statements.map(({ riderId }) => riderId)),
      withRecord: count(statements.filter((one) => one.hasRecord).map(({ riderId }) => riderId)),
      networks: count(statements.map(({ network }) => network)),
      held: group.filter(({ isHeld }) => isHeld).length,
      firstAt: first.firstAt,
      lastAt: Math.max(...group.map(({ lastAt }) => lastAt)),
    },
  ]
}

function isNear(a: Spot, b: Spot): boolean {
  return distance(a.lat, a.lng, b.lat, b.lng) <= MAX_GROUP_METRES
}
