import type { ReportCreatedBody, ReportInput } from '@kickstand/contract'
import { checkReport, distance, DomainError } from '@kickstand/domain'
import { toAvailabilityBody } from '#board/availability-json.ts'
import type { Board } from '#board/board.ts'
import type { ReportsTable } from '#db/schema.ts'
import type { Clock } from '#platform/clock.ts'
import { fingerprint, type NewId } from '#platform/ids.ts'
import type { Metrics } from '#platform/metrics.ts'
import { rowOfZone } from '#zones/show-zone.ts'
import type { ReportBatcher } from './report-batcher.ts'
import { toReportBody } from './report-body.ts'

/** Who reports. `isNew`: the rider was made for this request, since it brought no secret. */
export type Reporter = { readonly riderId: string; readonly isNew: boolean }

export type SubmitReportDeps = {
  readonly board: Board
  readonly clock: Clock
  readonly newId: NewId
  readonly batcher: ReportBatcher
  readonly metrics: Pick<Metrics, 'reports'>
  /** Keys being worked on, with the hash of what was sent. */
  readonly inFlight: Map<string, string>
}

export type Submitted = { readonly body: ReportCreatedBody; readonly replayed: boolean }

/**
 * Takes what a rider saw. When it resolves, the report is durable and on this server's board; the same `key` again gives the
 * same report. Throws `zone-not-found`, those of `checkReport`, `idempotency-mismatch`, `idempotency-in-flight`, and
 * `overloaded` where it was not stored.
 */
export async function submitReport(
  deps: SubmitReportDeps,
  { riderId, isNew }: Reporter,
  key: string | null,
  input: ReportInput,
): Promise<Submitted> {
  const payloadHash = fingerprint(canonical(input))
  // A retry may carry the cookie that the first try was answered with, or not: both find the first.
  const underNew = key === null ? null : fingerprint(`new\n${key}`)
  const own = key === null || isNew ? underNew : fingerprint(`${riderId}\n${key}`)
  if (own !== null) {
    const pending = deps.inFlight.get(own)
    if (pending !== undefined) throw pending === payloadHash ? inFlightNow() : mismatch()
    deps.inFlight.set(own, payloadHash)
  }
  try {
    const report = toRow(deps, riderId, input, payloadHash, own)
    const { report: stored, replayed } = await deps.batcher.store(report, own === underNew ? null : underNew)
    if (stored.payload_hash !== payloadHash) throw mismatch()
    if (!replayed) deps.metrics.reports.inc({ kind: stored.kind, effect: stored.effect })
    const row = rowOfZone(deps.board, stored.zone_id)
    const now = deps.clock()
    return {
      body: {
        report: toReportBody(stored),
        availability: toAvailabilityBody(deps.board.availability(row, now), now),
      },
      replayed,
    }
  } finally {
    if (own !== null) deps.inFlight.delete(own)
  }
}

function toRow(
  { board, clock, newId }: SubmitReportDeps,
  riderId: string,
  input: ReportInput,
  payloadHash: string,
  idempotency: string | null,
): ReportsTable {
  const row = rowOfZone(board, input.zoneId)
  const now = clock()
  const metres =
    input.position === undefined
      ? null
      : Math.round(distance(input.position.lat, input.position.lng, board.lat(row), board.lng(row)))
  const claim = {
    kind: input.kind,
    count: input.count ?? null,
    level: input.level ?? null,
    problem: input.problem ?? null,
    observedAt: input.observedAt === undefined ? null : Date.parse(input.observedAt),
    late: input.late === true,
    distance: metres,
    accuracy: input.position?.accuracy ?? 0,
    capacity: board.capacity(row),
  }
  const { observedAt, effect, overCapacity } = checkReport(claim, now)
  return {
    id: newId(),
    zone_id: input.zoneId,
    rider_id: riderId,
    kind: claim.kind,
    count: claim.count,
    level: claim.level,
    problem: claim.problem,
    observed_at: observedAt,
    received_at: now,
    distance: metres,
    over_capacity: overCapacity ? 1 : 0,
    effect,
    retracted_at: null,
    idempotency,
    payload_hash: payloadHash,
  }
}

/** The same text for the same report, however its fields were ordered. */
function canonical(input: ReportInput): string {
  const { zoneId, kind, count, level, problem, observedAt, position, late } = input
  const place = position === undefined ? null : [position.lat, position.lng, position.accuracy]
  return JSON.stringify([zoneId, kind, count, level, problem, observedAt, place, late])
}

function mismatch(): DomainError {
  return new DomainError(
    'idempotency-mismatch',
    'This Idempotency-Key was sent before with another report. Use a fresh key for each report.',
  )
}

function inFlightNow(): DomainError {
  return new DomainError(
    'idempotency-in-flight',
    'The first request with this Idempotency-Key is still being stored. Ask again in a second.',
  )
}
