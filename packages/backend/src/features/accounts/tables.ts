import type { AccountRole, OrganisationRole } from '@kickstand/domain'
import type { Generated } from 'kysely'

export type RidersTable = {
  id: string
  created_at: number
  /** Sums of evidence, which decay over time; see `TrustColumns`. */
  trust_honest: Generated<number>
  trust_outlier: Generated<number>
  /** The number of days (UTC) on which a report was confirmed, see `RiderHistory`, and the last such day since the epoch. */
  record_days: Generated<number>
  record_day: Generated<number>
}

/** People who can sign in. */
export type AccountsTable = {
  id: string
  /** As `readEmail` returns it, so that equal addresses are equal texts. */
  email: string
  name: string
  language: string
  /** Platform roles, separated by commas. */
  roles: string
  /** Argon2id in PHC form; null if the account has no password. */
  password_hash: string | null
  /** Base 32; null if no authenticator app is set up. */
  totp_secret: string | null
  /** The last step (30 s since the epoch) whose code was used: a code works once. */
  totp_last_step: Generated<number>
  /** Base 32, until a code of it is confirmed. */
  totp_pending: string | null
  suspended_at: number | null
  /** null: until it is lifted. */
  suspended_until: number | null
  suspension_reason: string | null
  /** Rises with every change that people can make, for `If-Match`. */
  version: Generated<number>
  created_at: number
}

export type PasskeysTable = {
  id: string
  account_id: string
  /** SHA-256 of the credential id, which can be too long for an index. */
  credential_hash: string
  /** Base64url, as are the key and the challenges. */
  credential_id: string
  public_key: string
  counter: number
  transports: string
  name: string
  created_at: number
  used_at: number | null
}

/**
 * Codes that replace the second factor. Each works once and is deleted when it is used. `is_pending`: shown but not confirmed
 * yet.
 */
export type RecoveryCodesTable = { account_id: string; hash: string; is_pending: number }

/**
 * WebAuthn challenges. Each is deleted when it is first used. `subject`: the account, link or session that it belongs to,
 * depending on the purpose.
 */
export type ChallengesTable = {
  id: string
  purpose: 'sign-in' | 'register' | 'step-up'
  challenge: string
  subject: string | null
  expires_at: number
}

export type SessionsTable = {
  id: string
  /** SHA-256 of the secret in the cookie. */
  hash: string
  account_id: string
  /** Whether the person has proved a second factor of their own on this session. */
  has_second_factor: number
  verified_at: number
  /** Name of the browser and operating system, from the user agent. */
  device: string
  /** The network of the sign-in: an IPv4 /24 or IPv6 /48. */
  network: string
  created_at: number
  used_at: number
  /** The organisation through whose identity provider it was opened; null: with credentials of the account. */
  provider_organisation_id: string | null
  /** The same organisation while its provider counts as a second factor for its members; else null. */
  factor_organisation_id: string | null
}

/** Failed sign-ins of one account, network or both. `subject`: a digest. */
export type SignInFailuresTable = { subject: string; failures: number; since: number; last_at: number }

export type MembershipsTable = {
  organisation_id: string
  account_id: string
  role: OrganisationRole
  created_at: number
}

/** Links that work once: to set up the first admin, to accept an invitation, to recover an account. */
export type LinksTable = {
  id: string
  hash: string
  purpose: 'setup' | 'invitation' | 'recovery'
  /** null: the person enters it. */
  email: string | null
  /** The account to recover. */
  account_id: string | null
  organisation_id: string | null
  organisation_name: string | null
  role: AccountRole | null
  created_by: string | null
  created_at: number
  expires_at: number
  used_at: number | null
  revoked_at: number | null
}

/**
 * One row for each organisation, and one for `platform`. Each change of rights updates the row of its scope first. Concurrent
 * changes therefore run one after the other, or one of them fails and is retried.
 */
export type RightsVersionsTable = { scope: string; version: number }

/**
 * People who had an account of the predecessor, with the state of their invitation. Their reports have `rider_id`. In the
 * state `joined`, the reports belong to the account. In the states `declined` and `erased`, no personal data is stored. The
 * row stays so that another import does not add the person again. `rider_id` becomes null when the reports are unlinked.
 */
export type PredecessorPeopleTable = {
  /** Derived from the import and the predecessor's id, see `legacyIdFor`. */
  id: string
  /** Id of the import. */
  source: string
  account_id: string | null
  /** The predecessor's id of the user. */
  user_ref: string | null
  rider_id: string | null
  state: PredecessorPersonState
  /** 1 for an administrator of the predecessor. An admin here sees it as a proposal. It never gives a role. */
  proposes_admin: number
  /** Time of the invitation; null: not invited by mail yet. */
  wave: number | null
  imported_at: number
  invited_at: number | null
  /** Time at which the state last changed from `waiting` to another one. */
  ended_at: number | null
  /** SHA-256 of the secret in the link with which the person declines. */
  opt_out_hash: string | null
  /** The id of the invitation in the mail queue. */
  mail_id: string | null
}

export type PredecessorPersonState = 'waiting' | 'joined' | 'bounced' | 'declined' | 'erased'

/** A person at the identity provider of an organisation. `id`: digest of organisation, issuer and subject. */
export type IdentitiesTable = {
  id: string
  organisation_id: string
  account_id: string
  created_at: number
  used_at: number | null
}

declare module '#db/schema.ts' {
  interface Schema {
    riders: RidersTable
    accounts: AccountsTable
    identities: IdentitiesTable
    passkeys: PasskeysTable
    recovery_codes: RecoveryCodesTable
    challenges: ChallengesTable
    sessions: SessionsTable
    sign_in_failures: SignInFailuresTable
    memberships: MembershipsTable
    links: LinksTable
    rights_versions: RightsVersionsTable
    predecessor_people: PredecessorPeopleTable
  }
}
