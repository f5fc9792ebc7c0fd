import { checkReading, type FieldError, type ReadingKind } from '@kickstand/domain'
import type { ReadingsTakenBody } from '@kickstand/contract'
import type { Append, EventLog } from '#db/event-log.ts'
import type { ReadingEvent } from '#db/events.ts'
import type { Database } from '#db/open-database.ts'
import type { Tx } from '#db/schema.ts'
import type { ReadingsTable, SensorsTable } from './tables.ts'
import { writeIdempotently, type Write } from '#http/idempotency/write-idempotently.ts'
import type { Clock } from '#platform/clock.ts'
import type { NewId } from '#platform/ids.ts'
import type { Metrics } from '#platform/metrics.ts'
import { zonesById, zonesByRef, type FeedZone } from '#features/zones/read-zones.ts'
import { lockLive, recordLiveBatch } from '#features/feeds/channel-records.ts'
import { findSensors, insertReadings, newestMoves, replaceSensors } from './reading-store.ts'
import { newSensor, recordRejection, stepSensor } from './sensor.ts'

/** A received reading; `pointer` locates it in the request, for messages. */
export type IncomingReading = {
  readonly pointer: string
  /** The feed's reference of the zone; null where `zoneId` names it. */
  readonly ref: string | null
  readonly zoneId: string | null
  readonly kind: ReadingKind
  readonly value: number | string | null
  /** Epoch milliseconds. */
  readonly at: number
  readonly capacity: number | null
}

export type IngestReadingsDeps = {
  readonly database: Pick<Database, 'engine'>
  readonly eventLog: EventLog
  readonly clock: Clock
  readonly newId: NewId
  readonly metrics?: Pick<Metrics, 'readings'>
}

/** The key and the payload of a batch that was sent. */
export type BatchRequest = Pick<Write<ReadingsTakenBody>, 'key' | 'payload'>

export type IngestResult = {
  readonly body: ReadingsTakenBody
  readonly impossible: number
  /** Rejected readings of unknown zones. */
  readonly unknown: number
  readonly replayed: boolean
}

/**
 * Stores readings of a feed. When it resolves they are durable and in the event log. A reading counts once by feed,
 * reference and time: one that is not newer than its sensor's last is `repeated` and has no effect. The same key
 * returns the same answer. Throws `idempotency-mismatch` where it was used with another payload.
 */
export async function ingestReadings(
  deps: IngestReadingsDeps,
  feedId: string,
  readings: readonly IncomingReading[],
  request: BatchRequest = { key: null, payload: '' },
): Promise<IngestResult> {
  const { clock, eventLog, metrics } = deps
  const { engine } = deps.database
  const counts = { impossible: 0, unknown: 0 }
  const { body, replayed } = await writeIdempotently(
    { eventLog, clock, engine },
    {
      ...request,
      lock: (tx) => lockLive(tx, engine, feedId, clock()),
      async work(tx, append): Promise<ReadingsTakenBody> {
        const batch = await storeBatch(tx, append, deps, feedId, readings)
        counts.impossible = batch.impossible
        counts.unknown = batch.unknown.length
        const errors = [...batch.errors, ...batch.unknown]
        return { taken: batch.taken, repeated: batch.repeated, rejected: errors.length, errors }
      },
    },
  )
  if (replayed) return { body, impossible: 0, unknown: 0, replayed }
  for (const outcome of ['taken', 'repeated', 'rejected'] as const) {
    metrics?.readings.inc({ feed: feedId, outcome }, body[outcome])
  }
  return { body, ...counts, replayed }
}

async function storeBatch(
  tx: Tx,
  append: Append,
  deps: IngestReadingsDeps,
  feedId: string,
  readings: readonly IncomingReading[],
): Promise<Batch> {
  const now = deps.clock()
  const batch = await readBatch(tx, deps, feedId, readings, now)
  await insertReadings(tx, batch.rows)
  await replaceSensors(tx, [...batch.sensors.values()])
  await recordLiveBatch(tx, feedId, batch, now)
  if (batch.events.length + batch.same.size > 0) {
    const same = [...batch.same].map(([zoneId, at]) => ({ zoneId, at }))
    append({ type: 'readings', feedId, readings: batch.events, same })
  }
  return batch
}

type Batch = {
  taken: number
  repeated: number
  impossible: number
  /** Newest time of a new reading; 0 for none. */
  newestAt: number
  isFrozen: boolean
  readonly errors: FieldError[]
  /** Errors of readings of unknown zones. */
  readonly unknown: FieldError[]
  readonly rows: ReadingsTable[]
  readonly events: ReadingEvent[]
  /** Times of unchanged readings, by zone. */
  readonly same: Map<string, number>
  /** Changed sensors, by reference. */
  readonly sensors: Map<string, SensorsTable>
}

async function readBatch(
  tx: Tx,
  { newId }: IngestReadingsDeps,
  feedId: string,
  readings: readonly IncomingReading[],
  now: number,
): Promise<Batch> {
  const zones = await zonesOf(tx, feedId, readings)
  const known = await findSensors(tx, feedId, [...new Set(readings.map(sensorOf))])
  const sensors = new Map(known.map((sensor) => [sensor.ref, sensor]))
  const moves = await newestMoves(tx, feedId)
  const batch: Batch = {
    taken: 0,
    repeated: 0,
    impossible: 0,
    newestAt: 0,
    isFrozen: false,
    errors: [],
    unknown: [],
    rows: [],
    events: [],
    same: new Map(),
    sensors: new Map(),
  }
  // Apply a sensor's readings in order of time, whatever their order in the batch.
  for (const reading of readings.toSorted((a, b) => a.at - b.at)) {
    const zone = zones.get(zoneKey(reading))
    if (zone === undefined) {
      batch.unknown.push(unknownZone(reading))
      continue
    }
    const ref = sensorOf(reading)
    const before = batch.sensors.get(ref) ?? sensors.get(ref) ?? newSensor(feedId, ref, zone.zoneId)
    const verdict = checkReading({ ...reading, capacity: reading.capacity ?? zone.capacity }, now)
    if ('field' in verdict) {
      batch.sensors.set(ref, recordRejection(before, verdict.message, now))
      batch.errors.push({ pointer: `${reading.pointer}/${verdict.field}`, message: verdict.message })
      if (verdict.isImpossible) batch.impossible += 1
      continue
    }
    const { worth, counts, sensor } = stepSensor(before, verdict, moves)
    if (worth === 'repeated') {
      batch.repeated += 1
      continue
    }
    batch.sensors.set(ref, { ...sensor, zone_id: zone.zoneId })
    batch.taken += 1
    batch.newestAt = Math.max(batch.newestAt, verdict.at)
    if (worth === 'same') {
      if (counts) batch.same.set(zone.zoneId, verdict.at)
      continue
    }
    const { kind, count, level, at, eventOrder } = verdict
    const id = newId()
    const observation = { id, kind, count, level }
    batch.rows.push({
      ...observation,
      feed_id: feedId,
      ref,
      zone_id: zone.zoneId,
      observed_at: at,
      event_order: eventOrder,
      counts: counts ? 1 : 0,
    })
    if (counts) batch.events.push({ ...observation, kind, zoneId: zone.zoneId, at, eventOrder })
  }
  batch.isFrozen =
    batch.sensors.size > 0 && moves.length > 1 && [...batch.sensors.values()].every((one) => one.frozen_at !== null)
  return batch
}

/** A gate that counts both ways is two sensors, since its in and out counts have the same time. */
function sensorOf(reading: IncomingReading): string {
  const { kind } = reading
  return kind === 'in' || kind === 'out' ? `${zoneKey(reading)}#${kind}` : zoneKey(reading)
}

function zoneKey({ ref, zoneId }: IncomingReading): string {
  return ref ?? zoneId ?? ''
}

async function zonesOf(tx: Tx, feedId: string, readings: readonly IncomingReading[]): Promise<Map<string, FeedZone>> {
  const refs = new Set(readings.flatMap(({ ref }) => ref ?? []))
  const ids = new Set(readings.flatMap(({ ref, zoneId }) => (ref === null && zoneId !== null ? [zoneId] : [])))
  const found = [...(await zonesById(tx, [...ids])), ...(await zonesByRef(tx, feedId, [...refs]))]
  return new Map(found.map((zone) => [zone.ref, zone]))
}

function unknownZone({ pointer, ref, zoneId }: IncomingReading): FieldError {
  if (ref !== null) return { pointer: `${pointer}/ref`, message: `this feed has no zone with the reference "${ref}"` }
  if (zoneId !== null) return { pointer: `${pointer}/zoneId`, message: `there is no zone ${zoneId}` }
  return { pointer, message: 'has no zone: set ref or zoneId' }
}
