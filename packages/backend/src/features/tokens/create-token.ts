import {
  cleanText,
  DomainError,
  isForInstallation,
  scopesWithin,
  type AccountPrincipal,
  type Action,
} from '@kickstand/domain'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Database } from '#db/open-database.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Tx } from '#db/schema.ts'
import { readNetwork } from '#platform/network.ts'
import { requireStill } from '#features/accounts/people/require-still.ts'
import { requireOrganisation } from '#features/organisations/show-organisation.ts'
import { insertNewToken } from './insert-new-token.ts'

const MAX_NAME_LENGTH = 100
const FEED_ID = /^[a-z0-9][a-z0-9-]{0,62}$/

/** The database and the actor. */
export type TokenDeps = AuditDeps & Pick<Database, 'db' | 'engine'>

/**
 * `organisationId`: null for the whole installation. `feedId`: the only feed that it may write to. `networks`: CIDR; none
 * means every network. `creator`: the account whose rights bound the scopes; null for commands. `expiresAt`: epoch
 * milliseconds; null: never.
 */
export type NewToken = {
  readonly name: string
  readonly scopes: readonly Action[]
  readonly organisationId: string | null
  readonly feedId: string | null
  readonly networks: readonly string[]
  readonly creator: AccountPrincipal | null
  readonly expiresAt: number | null
}

/** `token`: the secret text. It is returned only here, because only its hash is stored. */
export type CreatedToken = {
  readonly id: string
  readonly token: string
  readonly name: string
  readonly createdAt: number
}

/**
 * Creates a token. Throws `invalid-request` for an invalid scope, feed, network or time, `not-allowed` for a scope that its
 * creator does not have, and `organisation-not-found`.
 */
export async function createToken(deps: TokenDeps, input: NewToken): Promise<CreatedToken> {
  const { scopes, organisationId, feedId, creator, expiresAt } = input
  checkScopes(scopes, organisationId, feedId)
  const name = cleanText(input.name).slice(0, MAX_NAME_LENGTH)
  if (name === '' && input.name !== '') throw invalid('/name', 'must have visible characters')
  const networks = input.networks.map(requireNetwork)
  const now = deps.clock()
  if (expiresAt !== null && !(expiresAt > now)) throw invalid('/expiresAt', 'must be a time in the future')
  return runTransaction(deps, async (tx) => {
    await requireRights(tx, creator, { scopes, organisationId, now })
    if (organisationId !== null) await requireOrganisation(tx, organisationId)
    const created = await insertNewToken(tx, {
      name,
      scopes,
      organisationId,
      feedId,
      networks: [...new Set(networks)],
      createdBy: creator?.accountId ?? null,
      createdAt: now,
      expiresAt,
    })
    await writeEntry(tx, deps, {
      action: 'tokens:create',
      object: { kind: 'token', id: created.id },
      organisationId,
      before: null,
      after: { name, scopes, feedId, networks, expiresAt: toTimestamp(expiresAt) },
    })
    return { ...created, name, createdAt: now }
  })
}

/** RFC 3339, for the audit log. */
export function toTimestamp(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString()
}

function checkScopes(scopes: readonly Action[], organisationId: string | null, feedId: string | null): void {
  if (scopes.length === 0) throw invalid('/scopes', 'must name at least one action')
  const sendsReadings = scopes.includes('readings:write')
  const foreign = organisationId === null ? undefined : scopes.find(isForInstallation)
  if (foreign !== undefined)
    throw invalid('/scopes', `must not name ${foreign}: only tokens of the whole installation can have it`)
  if (sendsReadings !== (feedId !== null))
    throw invalid('/feedId', sendsReadings ? 'is required by the scope readings:write' : 'is only for readings:write')
  if (feedId !== null && !FEED_ID.test(feedId))
    throw invalid('/feedId', 'must be the id of a feed: lowercase letters, digits and hyphens, as in its profile')
}

/**
 * Throws `not-allowed` if a person gives a scope that they do not have themselves, and the errors of `requireStill`.
 * `creator`: null for commands, which may give every scope.
 */
export async function requireRights(
  tx: Tx,
  creator: AccountPrincipal | null,
  {
    scopes,
    organisationId,
    now,
  }: { readonly scopes: readonly Action[]; readonly organisationId: string | null; readonly now: number },
): Promise<void> {
  if (creator === null) return
  const present = await requireStill(tx, creator, 'tokens:write', now, { organisationId })
  const allowed = scopesWithin(scopes, present, { organisationId })
  const missing = scopes.filter((scope) => !allowed.includes(scope))
  if (missing.length === 0) return
  const names = missing.join(', ')
  throw new DomainError('not-allowed', `You do not have ${names} here yourself, so no token of yours can have it.`)
}

function requireNetwork(text: string, index: number): string {
  const network = readNetwork(text)
  if (network !== null) return network
  throw invalid(`/networks/${index}`, 'must be a network in CIDR, such as 198.51.100.0/24 or 2001:db8::/32')
}

function invalid(pointer: string, message: string): DomainError {
  return new DomainError('invalid-request', `The token is invalid: ${pointer} ${message}.`, [{ pointer, message }])
}
