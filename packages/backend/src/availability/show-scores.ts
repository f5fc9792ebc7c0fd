import { NO_SCORES, type ScoreSums } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { dayOf, scoresOfDays, scoresOfZones } from './score-store.ts'

const DAY = 24 * 60 * 60_000
const MOST_ZONES = 50

/** How good forecasts were, by the reports of riders with a record. Means are null where nothing says. */
export type ShownScore = {
  /** Reports that said whether a space was free. */
  readonly reports: number
  /** Mean squared error of the chance of a space. */
  readonly brier: number | null
  /** Reports that said how many bikes there were. */
  readonly counts: number
  /** Mean CRPS of the occupied share. */
  readonly crps: number | null
  /** Share of the counts inside the range that promises 80 %. */
  readonly coverage80: number | null
}

export type ShownScores = {
  /** First day, `2026-03-04`, UTC. */
  readonly from: string
  readonly total: ShownScore
  readonly days: readonly (ShownScore & { readonly day: string })[]
  /** Those with most reports; only the one asked for where one is. */
  readonly zones: readonly (ShownScore & { readonly zoneId: string })[]
}

/** The scores of the last `days` days, today included, of one zone or of all. A day is complete a good day after its end. */
export async function showScores(
  { db, clock }: { readonly db: Db; readonly clock: Clock },
  days: number,
  zoneId: string | null,
): Promise<ShownScores> {
  const asked = { from: dayOf(clock()) - days + 1, zoneId }
  const byDay = await scoresOfDays(db, asked)
  const byZone = await scoresOfZones(db, asked, MOST_ZONES)
  const total = { ...NO_SCORES }
  for (const day of byDay) {
    total.chances += day.chances
    total.brier += day.brier
    total.shares += day.shares
    total.crps += day.crps
    total.covered += day.covered
  }
  return {
    from: dateOf(asked.from),
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
