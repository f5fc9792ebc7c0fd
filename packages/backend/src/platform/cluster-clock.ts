import type { Clock } from './clock.ts'

/** Differences up to this are followed at once; clocks of one network differ by less. */
const MAX_SKEW_MS = 30_000

/** A clock that is compared with a reference clock. */
export type ClusterClock = {
  readonly now: Clock
  /** Takes a reading of the reference clock, epoch milliseconds. */
  observe(reference: number): void
}

/**
 * The time on which two of three agree: the local clock, the reference clock, and the last agreed time plus the uptime
 * since. A jump of one clock has no effect; if both were corrected, they are followed. If they differ from the start,
 * the reference wins: it is the same for all servers. `onRejected` is called once per disagreement with the rejected
 * clock and the milliseconds that it is ahead.
 */
export function createClusterClock(
  own: Clock,
  uptime: Clock,
  onRejected: (whose: 'own' | 'other', aheadMs: number) => void,
): ClusterClock {
  let time = own()
  let at = uptime()
  let isFirst = true
  let rejected: 'own' | 'other' | null = null

  function follow(now: number): void {
    time = now
    at = uptime()
  }

  function reject(whose: 'own' | 'other', aheadMs: number): void {
    if (rejected !== whose) onRejected(whose, aheadMs)
    rejected = whose
  }

  /** The last agreed time plus the uptime since. */
  const expected = (): number => Math.round(time + uptime() - at)

  return {
    now() {
      const [local, expectedTime] = [own(), expected()]
      if (!isNear(local, expectedTime)) return expectedTime
      follow(local)
      return local
    },
    observe(reference) {
      const [local, expectedTime] = [own(), expected()]
      const hasJumped = !isNear(local, expectedTime)
      if (isNear(local, reference)) {
        follow(local)
        rejected = null
      } else if (isFirst || isNear(reference, expectedTime)) {
        follow(reference)
        reject('own', local - reference)
      } else if (!hasJumped) reject('other', reference - local)
      isFirst = false
    },
  }
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= MAX_SKEW_MS
}
