/** The identity provider of an organisation: an OpenID Connect server that has accounts for its people. */
export type IdentityProvidersTable = {
  organisation_id: string
  issuer: string
  client_id: string
  client_secret: string
  /** Whether the provider asks for a second factor, so that a sign-in there counts as one. */
  counts_as_second_factor: number
  created_at: number
}

/** Sign-ins that were started and for which the provider has not sent the browser back yet. Each is used once. */
export type ProviderSignInsTable = {
  /** SHA-256 of `state`. */
  state_hash: string
  /** SHA-256 of the cookie of the browser that started it. */
  browser_hash: string
  organisation_id: string
  nonce: string
  /** The code verifier of PKCE (RFC 7636). */
  verifier: string
  /** The session to whose account the identity is to be connected; null for a sign-in. */
  session_id: string | null
  expires_at: number
}

declare module '#db/schema.ts' {
  interface Schema {
    identity_providers: IdentityProvidersTable
    provider_sign_ins: ProviderSignInsTable
  }
}
