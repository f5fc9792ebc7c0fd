import { failureOf } from '@kickstand/client'
import type { ErrorCode } from '@kickstand/domain'
import type { ConsoleMessages, Translate } from '@kickstand/i18n'
import { PasskeyError, type PasskeyFault } from '#api/passkeys.ts'

type Id = keyof ConsoleMessages
/** Ids of texts without parameters. */
type PlainId = { [One in Id]: ConsoleMessages[One] extends [] ? One : never }[Id]

const REASONS: Partial<Record<string, PlainId>> = {
  'invalid-request': 'problem.invalid',
  'not-allowed': 'problem.notAllowed',
  'sign-in-required': 'problem.signInRequired',
  'sign-in-failed': 'problem.signInFailed',
  'second-factor-required': 'problem.secondFactor',
  'step-up-required': 'problem.notConfirmed',
  'cross-site-request': 'problem.crossSite',
  'link-not-usable': 'problem.link',
  'credential-needed': 'problem.credentialNeeded',
  'last-holder': 'problem.lastHolder',
  'email-in-use': 'problem.emailInUse',
  'account-not-found': 'problem.gone',
  'organisation-not-found': 'problem.gone',
  'token-not-found': 'problem.gone',
  'not-found': 'problem.gone',
  'rate-limited': 'problem.rateLimited',
  overloaded: 'problem.busy',
  'not-ready': 'problem.busy',
  'database-unavailable': 'problem.busy',
} satisfies Partial<Record<ErrorCode, PlainId>>

const PASSKEY_FAULTS = {
  cancelled: 'problem.passkeyCancelled',
  exists: 'problem.passkeyExists',
  failed: 'problem.passkeyFailed',
  replaced: 'problem.passkeyCancelled',
} as const satisfies Record<PasskeyFault, PlainId>

/** Why something failed, in the language of the page. */
export function problemText(error: Error, t: Translate<ConsoleMessages>): string {
  if (error instanceof PasskeyError) return t(PASSKEY_FAULTS[error.fault])
  const failure = failureOf(error)
  if (failure.kind === 'unreachable') return t('problem.unreachable')
  if (isMember(error)) return t('problem.isMember')
  return t(REASONS[failure.problem.code] ?? 'problem.other')
}

/** Whether an invitation failed because the person is a member of the organisation. */
export function isMember(error: Error | null): boolean {
  if (error === null || error instanceof PasskeyError) return false
  const failure = failureOf(error)
  return failure.kind === 'rejected' && failure.problem.params?.['member'] !== undefined
}

/** The id of the request, under which the server log has details; null if the server sent none. */
export function requestOf(error: Error): string | null {
  const failure = failureOf(error)
  return failure.kind === 'rejected' && failure.problem.status >= 500 ? (failure.problem.requestId ?? null) : null
}
