import { NO_SCORES, type ScoreSums } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { dayOf, scoresOfDays, scoresOfZones } from './score-store.ts'

const DAY = 24 * 60 * 60_000
const MAX_ZONES = 50

/** Scores of forecasts, by the reports of trusted riders. Means are null without reports. */
export type ShownScore = {
  /** Reports that state whether a space was free. */
  readonly reports: number
  /** Mean squared error of the chance of a space. */
  readonly brier: number | null
  /** Reports that state a number of bikes. */
  readonly counts: number
  /** Mean CRPS of the occupied share. */
  readonly crps: number | null
  /** Share of the counts inside the 80 % interval. */
  readonly coverage80: number | null
}

export type ShownScores = {
  /** First day, `2026-03-04`, UTC. */
  readonly from: string
  readonly total: ShownScore
  readonly days: readonly (ShownScore & { readonly day: string })[]
  /** The zones with most reports, or only the requested one. */
  readonly zones: readonly (ShownScore & { readonly zoneId: string })[]
}

/**
 * The scores of the last `days` days, including today, of one zone or of all. A day is complete a day after its end.
 */
export async function showScores(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  days: number,
  zoneId: string | null,
): Promise<ShownScores> {
  const query = { from: dayOf(clock()) - days + 1, zoneId }
  const byDay = await scoresOfDays(db, query)
  const byZone = await scoresOfZones(db, query, MAX_ZONES)
  const total = { ...NO_SCORES }
  for (const day of byDay) {
    total.chances += day.chances
    total.brier += day.brier
    total.shares += day.shares
    total.crps += day.crps
    total.covered += day.covered
  }
  return {
    from: dateOf(query.from),
    total: shown(total),
    days: byDay.map(({ day, ...row }) => ({ day: dateOf(day), ...shown(row) })),
    zones: byZone.map(({ zoneId: id, ...row }) => ({ zoneId: id, ...shown(row) })),
  }
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10)
}

function shown({ chances, brier, shares, crps, covered }: ScoreSums): ShownScore {
  const mean = (sum: number, n: number): number | null => (n === 0 ? null : Math.round((sum / n) * 10_000) / 10_000)
  return {
    reports: chances,
    brier: mean(brier, chances),
    counts: shares,
    crps: mean(crps, shares),
    coverage80: mean(covered, shares),
  }
}
