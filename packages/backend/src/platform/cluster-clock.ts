import type { Clock } from './clock.ts'

/** Steps up to this are followed at once; clocks of one network do not differ by more. */
const TOLERATED_MS = 30_000

/** A clock that another witness is asked about. */
export type ClusterClock = {
  readonly now: Clock
  /** Takes the time (epoch milliseconds) that the other witness tells just now. */
  hear(told: number): void
}

/**
 * The time on which two of three agree: this machine's clock, another witness, and what passed here since both were believed.
 * So a jump of either alone moves nothing, and where both have been set right, they are followed. Where they differ from the
 * beginning, the other is believed: it is the same for all servers. `onDoubt` hears of each disagreement once: whose time is not
 * believed, and by how much it is ahead of the time that is, in milliseconds.
 */
export function createClusterClock(
  own: Clock,
  uptime: Clock,
  onDoubt: (whose: 'own' | 'other', aheadMs: number) => void,
): ClusterClock {
  let time = own()
  let at = uptime()
  let isFirst = true
  let doubted: 'own' | 'other' | null = null

  function believe(now: number): void {
    time = now
    at = uptime()
  }

  function doubt(whose: 'own' | 'other', aheadMs: number): void {
    if (doubted !== whose) onDoubt(whose, aheadMs)
    doubted = whose
  }

  /** What it would be if time had only passed. */
  const expected = (): number => Math.round(time + uptime() - at)

  return {
    now() {
      const [mine, going] = [own(), expected()]
      if (!isNear(mine, going)) return going
      believe(mine)
      return mine
    },
    hear(told) {
      const [mine, going] = [own(), expected()]
      const hasJumped = !isNear(mine, going)
      if (isNear(mine, told)) {
        believe(mine)
        doubted = null
      } else if (isFirst || isNear(told, going)) {
        believe(told)
        doubt('own', mine - told)
      } else if (!hasJumped) doubt('other', told - mine)
      isFirst = false
    },
  }
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERATED_MS
}
