import {
  paths,
  type AuthenticatorConfirmation,
  type AuthenticatorSetupBody,
  type IdentityListBody,
  type NewPasskey,
  type NewPassword,
  type NotificationPreferencesBody,
  type NotificationPreferencesInput,
  type OwnAccountBody,
  type OwnAccountChanges,
  type PasskeyBody,
  type PasskeyOptionsBody,
  type PasswordRemoval,
  type ProviderAddressBody,
  type RecoveryCodesBody,
  type SessionListBody,
  type SignedInBody,
} from '@kickstand/contract'
import type { Call } from '../call.ts'
import { ifMatch } from './if-match.ts'

/** The account of the person who has signed in. All throw `ApiError`. */
export function ownAccountCalls(call: Call) {
  return {
    getOwnAccount: (signal?: AbortSignal) => call<OwnAccountBody>(paths.ownAccount(), { signal }),
    changeOwnAccount: (changes: OwnAccountChanges, version: number) =>
      call<OwnAccountBody>(paths.ownAccount(), { method: 'PATCH', body: changes, headers: ifMatch(version) }),
    setOwnPassword: (input: NewPassword) => call<void>(paths.ownPassword(), { method: 'PUT', body: input }),
    removeOwnPassword: (proof: PasswordRemoval) => call<void>(paths.ownPassword(), { method: 'DELETE', body: proof }),
    getPasskeyOptions: () => call<PasskeyOptionsBody>(paths.ownPasskeyOptions(), { method: 'POST' }),
    addPasskey: (passkey: NewPasskey) => call<PasskeyBody>(paths.ownPasskeys(), { method: 'POST', body: passkey }),
    removePasskey: (id: string) => call<void>(paths.ownPasskey(id), { method: 'DELETE' }),
    /** Counts only once it is confirmed. */
    createAuthenticator: () => call<AuthenticatorSetupBody>(paths.ownAuthenticator(), { method: 'POST' }),
    confirmAuthenticator: (confirmation: AuthenticatorConfirmation) =>
      call<void>(paths.ownAuthenticatorConfirmation(), { method: 'POST', body: confirmation }),
    removeAuthenticator: () => call<void>(paths.ownAuthenticator(), { method: 'DELETE' }),
    /** Ten new codes; those from before end. */
    createRecoveryCodes: () => call<RecoveryCodesBody>(paths.ownRecoveryCodes(), { method: 'POST' }),
    getOwnSessions: (signal?: AbortSignal) => call<SessionListBody>(paths.ownSessions(), { signal }),
    endOwnSession: (id: string) => call<void>(paths.ownSession(id), { method: 'DELETE' }),
    /** All but the one of this request. */
    endOtherSessions: () => call<void>(paths.ownSessions(), { method: 'DELETE' }),
    getNotificationPreferences: (signal?: AbortSignal) =>
      call<NotificationPreferencesBody>(paths.ownNotificationPreferences(), { signal }),
    saveNotificationPreferences: (input: NotificationPreferencesInput) =>
      call<NotificationPreferencesBody>(paths.ownNotificationPreferences(), { method: 'PUT', body: input }),
    getIdentities: (signal?: AbortSignal) => call<IdentityListBody>(paths.ownIdentities(), { signal }),
    /** The browser then goes to the address of the answer. */
    connectIdentity: (organisationId: string) =>
      call<ProviderAddressBody>(paths.ownIdentity(organisationId), { method: 'POST' }),
    disconnectIdentity: (organisationId: string) => call<void>(paths.ownIdentity(organisationId), { method: 'DELETE' }),
    /** Accepts an invitation to the e-mail address of this account. */
    joinByLink: (secret: string) => call<SignedInBody>(paths.ownMemberships(), { method: 'POST', body: { secret } }),
    leaveOrganisation: (organisationId: string) =>
      call<void>(paths.ownMembership(organisationId), { method: 'DELETE' }),
  }
}
