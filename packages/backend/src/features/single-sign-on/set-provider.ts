import { DomainError } from '@kickstand/domain'
import { writeEntry, type AuditDeps } from '#audit/write-entry.ts'
import type { Engine } from '#db/engine.ts'
import { runTransaction } from '#db/run-transaction.ts'
import type { Db, Tx } from '#db/schema.ts'
import { requireOrganisation } from '#features/organisations/show-organisation.ts'
import { isLoopback } from './discover-provider.ts'
import {
  deleteIdentitiesAt,
  deleteProviderSessions,
  setProviderFactor,
} from '#features/accounts/people/people-records.ts'
import { deleteProvider, readProvider, replaceProvider } from './provider-store.ts'

type Deps = AuditDeps & { readonly db: Db; readonly engine: Engine }

export type ProviderInput = {
  readonly organisationId: string
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly countsAsSecondFactor: boolean
}

/**
 * Sets the identity provider of an organisation. If the issuer changes, all accounts are disconnected, because the same
 * subject is another person there, and the sessions opened through it end. Throws `organisation-not-found`, and `invalid-request` if the issuer is not an https
 * address.
 */
export async function setProvider(deps: Deps, input: ProviderInput): Promise<void> {
  const { organisationId, clientId, clientSecret, countsAsSecondFactor } = input
  const issuer = readIssuer(input.issuer)
  await runTransaction(deps, async (tx) => {
    await requireOrganisation(tx, organisationId)
    const former = await readProvider(tx, organisationId)
    if (former !== undefined && former.issuer !== issuer) await disconnectAll(tx, organisationId)
    else await setProviderFactor(tx, organisationId, countsAsSecondFactor)
    await replaceProvider(tx, {
      organisation_id: organisationId,
      issuer,
      client_id: clientId,
      client_secret: clientSecret,
      counts_as_second_factor: Number(countsAsSecondFactor),
      created_at: deps.clock(),
    })
    await writeEntry(tx, deps, {
      action: 'identity-providers:set',
      object: { kind: 'organisation', id: organisationId },
      organisationId,
      before: former === undefined ? null : { issuer: former.issuer, clientId: former.client_id },
      after: { issuer, clientId, countsAsSecondFactor },
    })
  })
}

/**
 * Removes the identity provider of an organisation, disconnects all accounts from it and ends the sessions opened through it.
 * Throws `not-found`.
 */
export async function removeProvider(deps: Deps, organisationId: string): Promise<void> {
  await runTransaction(deps, async (tx) => {
    const former = await readProvider(tx, organisationId)
    if (former === undefined || !(await deleteProvider(tx, organisationId)))
      throw new DomainError('not-found', `The organisation ${organisationId} has no identity provider.`)
    await disconnectAll(tx, organisationId)
    await writeEntry(tx, deps, {
      action: 'identity-providers:remove',
      object: { kind: 'organisation', id: organisationId },
      organisationId,
      before: { issuer: former.issuer, clientId: former.client_id },
      after: null,
    })
  })
}

async function disconnectAll(tx: Tx, organisationId: string): Promise<void> {
  await deleteIdentitiesAt(tx, organisationId)
  await deleteProviderSessions(tx, organisationId)
}

function readIssuer(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const isSafe = url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url)))
  if (isSafe && url.search === '' && url.hash === '' && url.username === '') return text
  const message = 'must be an https address without a query, such as https://login.example'
  throw new DomainError('invalid-request', `The issuer ${message}.`, [{ pointer: '/issuer', message }])
}
