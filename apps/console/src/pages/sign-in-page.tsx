import { Notice } from '@kickstand/ui'
import { useQueryClient } from '@tanstack/react-query'
import { showAccount } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'
import { SignIn } from '#sign-in/sign-in.tsx'
import { PublicFrame } from './public-frame.tsx'
import { useTitle } from './use-title.ts'

/**
 * Shown in place of a page that needs a sign-in. The address stays, so the page appears afterwards. `?failed`: the person
 * comes back from the identity provider of an organisation, which did not sign them in.
 */
export function SignInPage() {
  const { t } = useI18n()
  const client = useQueryClient()
  useTitle(t('signIn.title'))
  const hasFailed = new URLSearchParams(location.search).has('failed')
  return (
    <PublicFrame>
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
        <h2 className="text-2xl">{t('signIn.title')}</h2>
        <p className="text-ink-soft">{t('console.purpose')}</p>
        {hasFailed && (
          <Notice tone="problem" title={t('signIn.providerFailed')} announced>
            <p>{t('signIn.providerFailedText')}</p>
          </Notice>
        )}
        <SignIn onSignedIn={(account) => showAccount(client, account)} />
      </div>
    </PublicFrame>
  )
}
