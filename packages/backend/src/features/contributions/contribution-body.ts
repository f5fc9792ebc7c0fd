import type { ContributionBody } from '@kickstand/contract'
import { MIN_AGREEING_RIDERS, RIDER_FIELDS } from '@kickstand/domain'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { ContributionVotesTable, ContributionsTable } from './tables.ts'

/**
 * A contribution as returned to one of its contributors. Until it is shown, `value` is their own value, never that of
 * another rider. `mine` is their vote.
 */
export function toContributionBody(
  contribution: ContributionsTable,
  mine: ContributionVotesTable | undefined,
): ContributionBody {
  const ownText = mine?.value ?? null
  const ownValue: unknown = ownText === null ? null : JSON.parse(ownText)
  const isShown = contribution.state === 'shown' || contribution.state === 'accepted'
  const value: unknown = JSON.parse(contribution.value)
  return {
    id: contribution.id,
    zoneId: contribution.zone_id,
    field: RIDER_FIELDS.find((field) => field === contribution.field) ?? 'exists',
    value: isShown ? value : (ownValue ?? value),
    state: contribution.state,
    agree: contribution.agree,
    needed: MIN_AGREEING_RIDERS,
    mine: ownValue,
    createdAt: toTimestamp(contribution.created_at),
    expiresAt: contribution.expires_at === null ? null : toTimestamp(contribution.expires_at),
    reason: contribution.reason,
  }
}
