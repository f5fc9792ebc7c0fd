import { useQueryClient } from '@tanstack/react-query'
import { showAccount } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'
import { SignIn } from '#sign-in/sign-in.tsx'
import { PublicFrame } from './public-frame.tsx'
import { useTitle } from './use-title.ts'

/** Shown in place of a page that needs a sign-in. The address stays, so the page appears afterwards. */
export function SignInPage() {
  const { t } = useI18n()
  const client = useQueryClient()
  useTitle(t('signIn.title'))
  return (
    <PublicFrame>
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
        <h2 className="text-2xl">{t('signIn.title')}</h2>
        <p className="text-ink-soft">{t('console.purpose')}</p>
        <SignIn onSignedIn={(account) => showAccount(client, account)} />
      </div>
    </PublicFrame>
  )
}
