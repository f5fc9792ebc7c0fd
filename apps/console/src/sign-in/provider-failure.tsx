import type { ErrorCode } from '@kickstand/domain'
import { Notice } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'

const REASONS = {
  'identity-in-use': 'signIn.identityInUse',
  'provider-failed': 'signIn.providerAway',
  'not-found': 'signIn.noProvider',
} as const satisfies Partial<Record<ErrorCode, string>>

/**
 * Says why the identity provider of an organisation has not signed the person in, or why it was not connected. The server
 * names the reason in `?failed` of the address to which the browser comes back. Renders nothing if there is no failure.
 */
export function ProviderFailure({ isSignedIn = false }: { readonly isSignedIn?: boolean }) {
  const { t } = useI18n()
  const failed = new URLSearchParams(location.search).get('failed')
  if (failed === null) return null
  const other = isSignedIn ? 'signIn.connectFailed' : 'signIn.providerFailedText'
  return (
    <Notice tone="problem" title={t('signIn.providerFailed')} announced>
      <p>{t(Object.hasOwn(REASONS, failed) ? REASONS[failed as keyof typeof REASONS] : other)}</p>
    </Notice>
  )
}
