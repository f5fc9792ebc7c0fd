import type { ReportInput } from '@kickstand/contract'
import { checkReport, CONSTANTS, distance, NOTHING_KNOWN, sightingOf, type Availability } from '@kickstand/domain'
import type { EstimateReader, ZoneReader } from '#read-model/board-types.ts'
import { toObservation } from '#read-model/observation-of.ts'
import type { Db } from '#db/schema.ts'
import type { ReportsTable } from './tables.ts'
import { requireSameWrite, type ScopedKey } from '#http/idempotency/scoped-key.ts'
import type { Clock } from '#platform/clock.ts'
import { fingerprint, type NewId } from '#platform/ids.ts'
import type { Metrics } from '#platform/metrics.ts'
import { rowOfZone } from '#features/zones/show-zone.ts'
import type { PositionClaims } from './position-claims.ts'
import type { ReportBatcher, Stored } from './report-batcher.ts'
import { reportCreatedJson } from './report-body.ts'
import { toReportEvent } from './report-event.ts'
import { findStored } from './report-store.ts'

/** The rider of a report. `network`: see `NetworkOf`. */
export type Reporter = { readonly riderId: string; readonly network: string | null }

export type SubmitReportDeps = {
  readonly db: Db
  readonly board: ZoneReader & EstimateReader
  readonly clock: Clock
  readonly newId: NewId
  readonly batcher: ReportBatcher
  readonly positionClaims: PositionClaims
  readonly metrics: Pick<Metrics, 'reports'>
}

/** `body` is the JSON of `ReportCreatedBody`. */
export type Submitted = { readonly body: string; readonly replayed: boolean }

/**
 * Stores a report. When it resolves, the report is durable and on this server's board. The same `key` returns the same
 * report: its row is the record of the key (docs/decisions/0035-idempotency.md). Throws `zone-not-found`, the errors of
 * `checkReport`, `idempotency-mismatch`, and `overloaded` if it could not be stored in time.
 */
export async function submitReport(
  deps: SubmitReportDeps,
  reporter: Reporter,
  key: ScopedKey | null,
  input: ReportInput,
): Promise<Submitted> {
  const payloadHash = fingerprint(canonical(input))
  const { report, replayed } = await storeOnce(deps, reporter, input, payloadHash, key?.id ?? null)
  if (replayed) {
    requireSameWrite({ principal: report.rider_id, payloadHash: report.payload_hash }, reporter.riderId, payloadHash)
  } else deps.metrics.reports.inc({ kind: report.kind, effect: report.effect })
  const row = deps.board.row(report.zone_id)
  const now = deps.clock()
  // The zone may have been removed since the first attempt.
  const availability = row === undefined ? NOTHING_KNOWN : availabilityAfter(deps.board, row, report, now)
  return { body: reportCreatedJson(report, availability, now), replayed }
}

/** The availability for the reporter: their own sighting is used even where it is not trusted enough for others. */
function availabilityAfter(
  board: ZoneReader & EstimateReader,
  row: number,
  report: ReportsTable,
  now: number,
): Availability {
  const seen =
    report.retracted_at === null && report.effect === 'estimate' ? toObservation(toReportEvent(report)) : null
  const own =
    seen === null
      ? null
      : sightingOf({ ...seen, outlierProbability: Math.min(seen.outlierProbability, CONSTANTS.outlierProbability) })
  return own === null ? board.availability(row, now) : board.availabilityFor(row, now, own)
}

/** Stores the report, or finds it: a report that is too old by now may be the retry of one that was stored in time. */
async function storeOnce(
  deps: SubmitReportDeps,
  reporter: Reporter,
  input: ReportInput,
  payloadHash: string,
  own: string | null,
): Promise<Stored> {
  let report: ReportsTable
  try {
    report = toRow(deps, reporter, input, payloadHash, own)
  } catch (rejection) {
    const stored = own === null ? undefined : await findStored(deps.db, own)
    if (stored === undefined) throw rejection
    return { report: stored, replayed: true }
  }
  return deps.batcher.store(report)
}

function toRow(
  { board, clock, newId, positionClaims }: SubmitReportDeps,
  { riderId, network }: Reporter,
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
  const zoneId = board.id(row)
  const trusted = board.reporters.isTrusted(riderId)
  // Stored without its distance, the report counts as one without a position, also after a restart.
  const positionUsed = metres !== null && (trusted || positionClaims.accept(network, zoneId, now))
  return {
    id: newId(),
    zone_id: zoneId,
    rider_id: riderId,
    kind: claim.kind,
    count: claim.count,
    level: claim.level,
    problem: claim.problem,
    observed_at: observedAt,
    received_at: now,
    distance: positionUsed ? metres : null,
    accuracy: positionUsed ? Math.round(claim.accuracy) : null,
    over_capacity: overCapacity ? 1 : 0,
    effect,
    event_order: effect === 'history' ? now : observedAt,
    outlier_probability: board.reporters.outlierProbabilityOf(riderId),
    network,
    trusted: trusted ? 1 : 0,
    retracted_at: null,
    idempotency,
    payload_hash: payloadHash,
  }
}

/** The same text for the same report, whatever the order of its fields. */
function canonical(input: ReportInput): string {
  const { zoneId, kind, count, level, problem, observedAt, position, late } = input
  const place = position === undefined ? null : [position.lat, position.lng, position.accuracy]
  return JSON.stringify([zoneId, kind, count, level, problem, observedAt, place, late])
}
