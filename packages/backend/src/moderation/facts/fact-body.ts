import type { RiderFactBody } from '@kickstand/contract'
import { AGREE_NEEDED, RIDER_FIELDS } from '@kickstand/domain'
import { toTimestamp } from '#board/availability-json.ts'
import type { FactVotesTable, RiderFactsTable } from '#db/schema.ts'

/**
 * A fact as one who has spoken of it sees it. While it is not shown he sees his own words of it, and how many agree, but nobody
 * else's.
 */
export function toFactBody(fact: RiderFactsTable, mine: FactVotesTable | undefined): RiderFactBody {
  const words = mine?.value ?? null
  const said: unknown = words === null ? null : JSON.parse(words)
  const isShown = fact.state === 'shown' || fact.state === 'accepted'
  const value: unknown = JSON.parse(fact.value)
  return {
    id: fact.id,
    zoneId: fact.zone_id,
    field: RIDER_FIELDS.find((field) => field === fact.field) ?? 'exists',
    value: isShown ? value : (said ?? value),
    state: fact.state,
    agree: fact.agree,
    needed: AGREE_NEEDED,
    mine: said,
    createdAt: toTimestamp(fact.created_at),
    expiresAt: fact.expires_at === null ? null : toTimestamp(fact.expires_at),
    reason: fact.reason,
  }
}
