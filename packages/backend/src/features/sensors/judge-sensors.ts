import { CONSTANTS, contradictionOf, isImplausible, occupiedShare, type Comparison } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import { readFullness, type FullnessReport } from '#features/reports/read-reports.ts'
import { readCapacities } from '#features/zones/read-zones.ts'
import {
  implausibleSensors,
  markImplausible,
  readingsOfZones,
  sensorKey,
  zonesWithSensors,
  type SensorReading,
} from './sensor-store.ts'

const MINUTE = 60_000
const LOOKBACK_MS = 24 * 60 * MINUTE
/** A report is compared with the last reading before it, at most this much older. */
const MAX_GAP_MS = 30 * MINUTE
/** Standard deviation of changes between reading and report, as a share; and of a miscount, in spaces. */
const DRIFT_SHARE = 0.1
const MISCOUNT_SPACES = 0.75

/**
 * Compares the sensor readings of the last day with rider reports at the same zones, and marks sensors as implausible
 * or plausible again. Each run covers the whole day, so it does not matter when it ran before. Returns the number of
 * implausible sensors.
 */
export async function judgeSensors(db: Db, now: number): Promise<number> {
  const found = await readFullness(db, await zonesWithSensors(db), now - LOOKBACK_MS, now)
  const reports = Map.groupBy(found, ({ zone_id }) => zone_id)
  const readings = await readingsOfZones(db, [...reports.keys()], now - LOOKBACK_MS - MAX_GAP_MS)
  const capacities = await readCapacities(db, [...reports.keys()])
  const before = await implausibleSensors(db)
  const implausible = new Set(before.keys())
  for (const [key, ofSensor] of Map.groupBy(readings, ({ feed_id, ref }) => sensorKey(feed_id, ref))) {
    const [{ feed_id, ref, zone_id }] = ofSensor
    const capacity = capacities.get(zone_id) ?? null
    const comparisons = (reports.get(zone_id) ?? []).flatMap((report) => compare(report, ofSensor, capacity))
    // Without reports to compare with, the state stays.
    if (comparisons.length === 0) continue
    const wasImplausible = before.has(key)
    const isNow = isImplausible(contradictionOf(comparisons), wasImplausible)
    if (isNow) implausible.add(key)
    else implausible.delete(key)
    if (isNow !== wasImplausible) await markImplausible(db, feed_id, ref, isNow ? now : null)
  }
  return implausible.size
}

function compare(report: FullnessReport, readings: readonly SensorReading[], capacity: number | null): Comparison[] {
  const reading = readings.findLast(({ observed_at }) => observed_at <= report.observed_at)
  if (reading === undefined || report.observed_at - reading.observed_at > MAX_GAP_MS) return []
  const sensor = occupiedShare(reading.count, reading.level, capacity)
  const seen = occupiedShare(report.count, report.level, capacity)
  if (sensor === null || seen === null) return []
  const own = report.level === null ? CONSTANTS.countNoise : CONSTANTS.levelNoise
  const noise = Math.hypot(own, DRIFT_SHARE, capacity === null ? 0 : MISCOUNT_SPACES / capacity)
  return [
    {
      rider: report.rider_id,
      sensor,
      seen,
      noise,
      outlierProbability: report.outlier_probability ?? CONSTANTS.outlierProbability,
    },
  ]
}
