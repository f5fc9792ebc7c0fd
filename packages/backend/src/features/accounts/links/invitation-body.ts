import type { InvitationBody } from '@kickstand/contract'
import { toTimestamp } from '#read-model/availability-json.ts'
import type { LinksTable } from '../tables.ts'

/** An invitation as it is shown. `now`: epoch milliseconds. */
export function toInvitation(link: LinksTable, now: number): InvitationBody {
  return {
    id: link.id,
    email: link.email ?? '',
    role: link.role,
    state: stateOf(link, now),
    createdAt: toTimestamp(link.created_at),
    expiresAt: toTimestamp(link.expires_at),
  }
}

function stateOf({ used_at, revoked_at, expires_at }: LinksTable, now: number): InvitationBody['state'] {
  if (used_at !== null) return 'accepted'
  if (revoked_at !== null) return 'revoked'
  return expires_at <= now ? 'expired' : 'waiting'
}
