import type { ContributionBody } from '@kickstand/contract'
import { MIN_AGREEING_RIDERS, RIDER_FIELDS } from '@kickstand/domain'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { ContributionVotesTable, ContributionsTable } from './tables.ts'

/**
 * A contribution as one of its contributors sees it. While it is not shown, they see their own value and how many
 * riders agree, but no other rider's value.
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
