import { paths } from '@kickstand/contract'
import { DomainError } from '@kickstand/domain'
import type { DbReader } from '#db/schema.ts'
import type { Config } from '#platform/config.ts'
import { ownOrigin } from '#platform/own-origin.ts'
import { readProvider } from './provider-store.ts'

/** The identity provider of an organisation, without its secret. `redirectUri`: to be registered at the provider. */
export type ShownProvider = {
  readonly organisationId: string
  readonly issuer: string
  readonly clientId: string
  readonly countsAsSecondFactor: boolean
  readonly redirectUri: string
}

/** Throws `not-found` if the organisation has none. */
export async function showProvider(
  db: DbReader,
  config: Pick<Config, 'publicUrl' | 'port'>,
  organisationId: string,
): Promise<ShownProvider> {
  const provider = await readProvider(db, organisationId)
  if (provider === undefined)
    throw new DomainError('not-found', `The organisation ${organisationId} has no identity provider.`)
  return {
    organisationId,
    issuer: provider.issuer,
    clientId: provider.client_id,
    countsAsSecondFactor: provider.counts_as_second_factor === 1,
    redirectUri: ownOrigin(config) + paths.signInProviderCallback(),
  }
}
