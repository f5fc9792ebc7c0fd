import { Notice } from '@kickstand/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { hasSessionEnded, showAccount } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'
import { forgetTriedOrganisation, offeredOrganisation } from '#sign-in/offered-organisation.ts'
import { OrganisationSignIn } from '#sign-in/organisation-sign-in.tsx'
import { ProviderFailure } from '#sign-in/provider-failure.tsx'
import { SignIn } from '#sign-in/sign-in.tsx'
import { PublicFrame } from './public-frame.tsx'
import { useTitle } from './use-title.ts'

/** Shown in place of a page that needs a sign-in. The address stays, so the page appears afterwards. */
export function SignInPage() {
  const { t } = useI18n()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [hasEnded] = useState(() => hasSessionEnded(client))
  const [organisationId] = useState(() => offeredOrganisation(location.search))
  useTitle(t('signIn.title'))
  return (
    <PublicFrame>
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
        <h2 className="text-2xl">{t('signIn.title')}</h2>
        <p className="text-ink-soft">{t('console.purpose')}</p>
        {hasEnded && (
          <Notice tone="warning" title={t('signIn.ended')} announced>
            <p>{t('signIn.endedText')}</p>
          </Notice>
        )}
        <ProviderFailure />
        {organisationId !== null && <OrganisationSignIn organisationId={organisationId} />}
        <SignIn
          isSecond={organisationId !== null}
          onSignedIn={(account) => {
            forgetTriedOrganisation()
            // Removes the failure, so that the start page and a later sign-in do not show it again.
            if (location.search.includes('failed=')) void navigate({ to: '.', search: {}, replace: true })
            showAccount(client, account)
          }}
        />
      </div>
    </PublicFrame>
  )
}
