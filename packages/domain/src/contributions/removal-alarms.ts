import { distance } from '#geo/great-circle.ts'
import type { Spot } from './rider-field.ts'

/** Metres within which attempts are told of together: a city. */
const TOGETHER_M = 25_000

/** One zone that riders say is gone or closed, and that they have not taken away. */
export type RemovalAttempt = Spot & {
  readonly zoneId: string
  /** When it was first and last said. */
  readonly firstAt: number
  readonly lastAt: number
  readonly isHeld: boolean
  readonly says: readonly { readonly riderId: string; readonly network: string | null; readonly hasRecord: boolean }[]
}

/** Attempts of one place, told of in one. Networks that are not known count as one. */
export type RemovalAlarm = {
  /** Of the attempt that came first. */
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

/** Tells of every attempt to take a zone away that waits, gathered by place, the place with the most zones first. */
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
  const says = group.flatMap((attempt) => attempt.says)
  const count = (ids: readonly (string | null)[]): number => new Set(ids).size
  return [
    {
      at: { lat: first.lat, lng: first.lng },
      zoneIds: [...new Set(group.map(({ zoneId }) => zoneId))],
      riders: count(says.map(({ riderId }) => riderId)),
      withRecord: count(says.filter((one) => one.hasRecord).map(({ riderId }) => riderId)),
      networks: count(says.map(({ network }) => network)),
      held: group.filter(({ isHeld }) => isHeld).length,
      firstAt: first.firstAt,
      lastAt: Math.max(...group.map(({ lastAt }) => lastAt)),
    },
  ]
}

function isNear(a: Spot, b: Spot): boolean {
  return distance(a.lat, a.lng, b.lat, b.lng) <= TOGETHER_M
}
