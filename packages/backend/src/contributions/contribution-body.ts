import type { ContributionBody } from '@kickstand/contract'
import { AGREE_NEEDED, RIDER_FIELDS } from '@kickstand/domain'
import { toTimestamp } from '#board/availability-json.ts'
import type { ContributionVotesTable, ContributionsTable } from '#db/schema.ts'

/**
 * A contribution as one who has spoken of it sees it. While it is not shown he sees his own words of it, and how many agree, but nobody
 * else's.
 */
export function toContributionBody(
  contribution: ContributionsTable,
  mine: ContributionVotesTable | undefined,
): ContributionBody {
  const words = mine?.value ?? null
  const said: unknown = words === null ? null : JSON.parse(words)
  const isShown = contribution.state === 'shown' || contribution.state === 'accepted'
  const value: unknown = JSON.parse(contribution.value)
  return {
    id: contribution.id,
    zoneId: contribution.zone_id,
    field: RIDER_FIELDS.find((field) => field === contribution.field) ?? 'exists',
    value: isShown ? value : (said ?? value),
    state: contribution.state,
    agree: contribution.agree,
    needed: AGREE_NEEDED,
    mine: said,
    createdAt: toTimestamp(contribution.created_at),
    expiresAt: contribution.expires_at === null ? null : toTimestamp(contribution.expires_at),
    reason: contribution.reason,
  }
}
