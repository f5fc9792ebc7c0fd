import Type, { type Static } from 'typebox'
import { orNull, Timestamp } from '../shared.ts'
import { PersonId } from './account.ts'

/** Organisations of a person that have an identity provider. */
export const IdentityListSchema = Type.Object({
  identities: Type.Array(
    Type.Object({
      organisationId: PersonId,
      connectedAt: orNull(Timestamp),
      usedAt: orNull(Timestamp),
    }),
  ),
})
export type IdentityListBody = Static<typeof IdentityListSchema>

export const ProviderAddressSchema = Type.Object({ address: Type.String({ description: 'Where the browser goes' }) })
export type ProviderAddressBody = Static<typeof ProviderAddressSchema>
