import { CONSTANTS, doubtOf, isImplausible, occupiedShare, type Comparison } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import {
  implausibleSensors,
  markImplausible,
  readingsBeside,
  reportsBeside,
  sensorKey,
  type ReadingBeside,
  type ReportBeside,
} from './sensor-store.ts'

const MINUTE = 60_000
const LOOKED_BACK = 24 * 60 * MINUTE
/** A reading is held against a report made so long after it, at most. */
const BESIDE = 30 * MINUTE
/** sd of what may change in between, share; and of a count, spaces. */
const DRIFT = 0.1
const MISCOUNT = 0.75

/**
 * Holds what sensors said in the last day against what riders saw beside them, and takes note of those that lie, or that are
 * believed again. Looks at all of the day each time: it does not matter when it ran before. Returns how many lie.
 */
export async function judgeSensors(db: Db, now: number): Promise<number> {
  const reports = Map.groupBy(await reportsBeside(db, now - LOOKED_BACK, now), ({ zone_id }) => zone_id)
  const readings = await readingsBeside(db, [...reports.keys()], now - LOOKED_BACK - BESIDE)
  const before = await implausibleSensors(db)
  const implausible = new Set(before.keys())
  for (const [key, said] of Map.groupBy(readings, ({ feed_id, ref }) => sensorKey(feed_id, ref))) {
    const [{ feed_id, ref, zone_id }] = said
    const comparisons = (reports.get(zone_id) ?? []).flatMap((report) => compare(report, said))
    // Without anybody to say otherwise it stays as it was held to be.
    if (comparisons.length === 0) continue
    const was = before.has(key)
    const is = isImplausible(doubtOf(comparisons), was)
    if (is) implausible.add(key)
    else implausible.delete(key)
    if (is !== was) await markImplausible(db, feed_id, ref, is ? now : null)
  }
  return implausible.size
}

function compare(report: ReportBeside, readings: readonly ReadingBeside[]): Comparison[] {
  const reading = readings.findLast(({ observed_at }) => observed_at <= report.observed_at)
  if (reading === undefined || report.observed_at - reading.observed_at > BESIDE) return []
  const { capacity } = reading
  const machine = occupiedShare(reading.count, reading.level, capacity)
  const seen = occupiedShare(report.count, report.level, capacity)
  if (machine === null || seen === null) return []
  const own = report.level === null ? CONSTANTS.countNoise : CONSTANTS.levelNoise
  const noise = Math.hypot(own, DRIFT, capacity === null ? 0 : MISCOUNT / capacity)
  return [
    {
      rider: report.rider_id,
      machine,
      seen,
      noise,
      outlierProbability: report.outlier_probability ?? CONSTANTS.outlierProbability,
    },
  ]
}
