/** API tokens of machines. */
export type TokensTable = {
  id: string
  /** SHA-256 of the token. */
  hash: string
  name: string
  /** Actions, separated by commas. */
  scopes: string
  /** null: for the whole installation. */
  organisation_id: string | null
  /** The only feed that it may write to. */
  feed_id: string | null
  /** CIDR, separated by commas; empty: every network. */
  networks: string
  /** The account whose rights limit the scopes; null for tokens that commands created, whose scopes are not limited. */
  created_by: string | null
  created_at: number
  /** null: does not expire. */
  expires_at: number | null
  used_at: number | null
  revoked_at: number | null
  /** The token that replaces this one, which then works until `expires_at`. */
  replaced_by: string | null
}

declare module '#db/schema.ts' {
  interface Schema {
    tokens: TokensTable
  }
}
