import {
  paths,
  type AccountBody,
  type AccountListBody,
  type AccountsQuery,
  type InvitationListBody,
  type NewInvitationBody,
  type NewLinkBody,
  type PlatformInvitationInput,
  type RolesChange,
  type SessionListBody,
  type Suspension,
} from '@kickstand/contract'
import type { Call } from '../call.ts'
import { ifMatch } from './if-match.ts'

/** Accounts of others and invitations to the platform, for staff. All throw `ApiError`. */
export function accountCalls(call: Call) {
  return {
    getAccounts: (query: AccountsQuery, signal?: AbortSignal) =>
      call<AccountListBody>(paths.accounts(), { query, signal }),
    getAccount: (id: string, signal?: AbortSignal) => call<AccountBody>(paths.account(id), { signal }),
    setRoles: (id: string, change: RolesChange, version: number) =>
      call<AccountBody>(paths.accountRoles(id), { method: 'PUT', body: change, headers: ifMatch(version) }),
    suspendAccount: (id: string, suspension: Suspension) =>
      call<AccountBody>(paths.accountSuspension(id), { method: 'PUT', body: suspension }),
    endSuspension: (id: string, reason: string) =>
      call<AccountBody>(paths.accountSuspension(id), { method: 'DELETE', body: { reason } }),
    getAccountSessions: (id: string, signal?: AbortSignal) =>
      call<SessionListBody>(paths.accountSessions(id), { signal }),
    endAccountSessions: (id: string, reason: string) =>
      call<void>(paths.accountSessions(id), { method: 'DELETE', body: { reason } }),
    /** A link with which the person sets a new passkey or password. */
    createRecoveryLink: (id: string, reason: string) =>
      call<NewLinkBody>(paths.accountRecovery(id), { method: 'POST', body: { reason } }),
    getInvitations: (signal?: AbortSignal) => call<InvitationListBody>(paths.invitations(), { signal }),
    invite: (input: PlatformInvitationInput) =>
      call<NewInvitationBody>(paths.invitations(), { method: 'POST', body: input }),
    revokeInvitation: (id: string) => call<void>(paths.invitation(id), { method: 'DELETE' }),
  }
}
