import { paths, type RiderExportBody } from '@kickstand/contract'
import type { Row } from '#db/schema.ts'
import { toPhotoBody, type RiderContributions } from '#features/contributions/rider-contributions.ts'
import type { readDecisionsOnRider } from '#features/moderation/decisions-on-riders.ts'
import { toReportBody } from '#features/reports/read-reports.ts'
import type { readKeysOf } from '#http/idempotency/keys-of-rider.ts'
import { toTimestamp } from '#read-model/availability-json.ts'

// The rows of a rider, as they are exported: all columns, under the names of the API.

const DAY_MS = 24 * 60 * 60_000

type Exported<T extends keyof RiderExportBody> = RiderExportBody[T] extends readonly (infer One)[]
  ? One
  : RiderExportBody[T]

export function timeOrNull(time: number | null): string | null {
  return time === null ? null : toTimestamp(time)
}

const flagOrNull = (flag: number | null): boolean | null => (flag === null ? null : flag === 1)
const valueOf = (json: string | null): unknown => (json === null ? null : JSON.parse(json))

/** What is stored of the rider as such; null where nothing is. */
export function riderJson(row: Row<'riders'> | undefined): Exported<'rider'> {
  if (row === undefined) return null
  return {
    id: row.id,
    firstSeenAt: toTimestamp(row.created_at),
    trust: { honest: row.trust_honest, outlier: row.trust_outlier },
    confirmedDays: row.record_days,
    lastConfirmedDay: row.record_day > 0 ? toTimestamp(row.record_day * DAY_MS).slice(0, 10) : null,
  }
}

/** A report as the rider's copy of their data shows it, with what the service decided about it. */
export function reportJson(row: Row<'reports'>): Exported<'reports'> {
  return {
    ...toReportBody(row),
    accuracy: row.accuracy,
    network: row.network,
    trusted: row.trusted === 1,
    outlierProbability: row.outlier_probability,
    retractedAt: timeOrNull(row.retracted_at),
    hasIdempotencyKey: row.idempotency !== null,
  }
}

/** A contribution as the rider's copy of their data shows it. */
export function contributionJson(row: RiderContributions['contributions'][number]): Exported<'contributions'> {
  return {
    id: row.id,
    zoneId: row.zone_id,
    field: row.field,
    value: valueOf(row.value),
    position: { lat: row.lat, lng: row.lng },
    state: row.state,
    agree: row.agree,
    createdAt: toTimestamp(row.created_at),
    shownAt: timeOrNull(row.shown_at),
    expiresAt: timeOrNull(row.expires_at),
    decidedAt: timeOrNull(row.decided_at),
    reason: row.reason,
  }
}

/** A vote as the rider's copy of their data shows it. */
export function voteJson(row: RiderContributions['votes'][number]): Exported<'votes'> {
  return {
    zoneId: row.zone_id,
    field: row.field,
    value: valueOf(row.value),
    note: row.note,
    firstAt: toTimestamp(row.first_at),
    lastAt: toTimestamp(row.last_at),
    withinReach: flagOrNull(row.within_reach),
    network: row.network,
    trusted: row.trusted === 1,
    hadRecord: flagOrNull(row.record),
    undoneAt: timeOrNull(row.undone_at),
  }
}

/** A photo as the rider's copy of their data shows it; the image is at `address`. */
export function photoJson(row: RiderContributions['photos'][number]): Exported<'photos'> {
  return {
    ...toPhotoBody(row),
    address: paths.photo(row.id),
    perceptualHash: row.perceptual_hash,
    duplicateOf: row.duplicate_of,
    network: row.network,
    decidedAt: timeOrNull(row.decided_at),
    reason: row.reason,
  }
}

export function keyJson(row: Awaited<ReturnType<typeof readKeysOf>>[number]): Exported<'idempotencyKeys'> {
  return { namespace: row.namespace, receivedAt: toTimestamp(row.received_at), answer: valueOf(row.answer) }
}

export function decisionJson(row: Awaited<ReturnType<typeof readDecisionsOnRider>>[number]): Exported<'decisions'> {
  return { verdict: row.verdict, reason: row.reason, at: toTimestamp(row.at) }
}
