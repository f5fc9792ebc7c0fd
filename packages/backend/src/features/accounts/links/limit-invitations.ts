import { DomainError } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import { readInvitationTimes } from './link-store.ts'

const DAY_MS = 24 * 3_600_000
/** More would be a flood of mail. Counted for each organisation, so that none can use up the invitations of another. */
const MAX_TO_ADDRESS = 5
/** Enough to invite a large organisation within days. */
const MAX_BY_PERSON = 200

type Invitation = {
  readonly email: string
  readonly organisationId: string | null
  readonly createdBy: string | null
}

/**
 * Limits the invitations of the last 24 hours: 5 from an organisation or the platform (`organisationId` null) to one address, and
 * 200 by one person. Throws `rate-limited`. Commands, whose `createdBy` is null, have no limit.
 */
export async function limitInvitations(tx: Tx, { createdBy, ...to }: Invitation, now: number): Promise<void> {
  if (createdBy === null) return
  const since = now - DAY_MS
  const toAddress = await readInvitationTimes(tx, to, { since, limit: MAX_TO_ADDRESS })
  if (toAddress.length === MAX_TO_ADDRESS)
    throw limited(`This address was sent ${MAX_TO_ADDRESS} invitations within a day.`, toAddress, since)
  const byPerson = await readInvitationTimes(tx, { createdBy }, { since, limit: MAX_BY_PERSON })
  if (byPerson.length === MAX_BY_PERSON)
    throw limited(`You sent ${MAX_BY_PERSON} invitations within a day.`, byPerson, since)
}

/** `times`: of the invitations that reach the limit; the next is possible when the first of them is a day old. */
function limited(what: string, times: readonly number[], since: number): DomainError {
  const retryAfterSeconds = Math.ceil((Math.min(...times) - since) / 1000)
  const text = `${what} Wait ${Math.ceil(retryAfterSeconds / 3600)} h, then invite again.`
  return new DomainError('rate-limited', text, [], undefined, { retryAfterSeconds })
}
