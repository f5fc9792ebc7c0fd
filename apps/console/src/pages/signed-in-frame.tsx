import { Button, Message } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { ownAccountQuery, SignedInContext } from '#api/account.ts'
import { toPrincipal } from '#api/principal.ts'
import { useI18n } from '#i18n/i18n.ts'
import { problemText } from '#i18n/problem-text.ts'
import { changeLanguage, isConsoleLanguage } from '#i18n/texts.ts'
import { Waiting } from '#parts/waiting.tsx'
import { keepTriedOrganisation } from '#sign-in/offered-organisation.ts'
import { PublicFrame } from './public-frame.tsx'
import { Shell } from './shell.tsx'
import { SignInPage } from './sign-in-page.tsx'

/** The frame of pages that need a sign-in. Shows the sign-in to people who have not signed in. */
export function SignedInFrame() {
  const { t } = useI18n()
  const { data: account, error, refetch } = useQuery(ownAccountQuery)
  const signedIn = useMemo(() => (account ? { account, principal: toPrincipal(account) } : null), [account])
  const isSignedIn = signedIn !== null
  useEffect(() => {
    if (isSignedIn) keepTriedOrganisation()
  }, [isSignedIn])
  const wanted = account?.language ?? ''
  useEffect(() => {
    // If the texts cannot be loaded, the current language stays.
    if (isConsoleLanguage(wanted)) changeLanguage(wanted).catch(() => undefined)
  }, [wanted])
  if (account === null) return <SignInPage />
  if (signedIn === null) {
    return (
      <PublicFrame>
        {error === null ? (
          <Waiting />
        ) : (
          <div role="alert">
            <Message title={t('console.noAnswer')} text={problemText(error, t)}>
              <Button variant="primary" onClick={() => void refetch()}>
                {t('console.tryAgain')}
              </Button>
            </Message>
          </div>
        )}
      </PublicFrame>
    )
  }
  return (
    <SignedInContext value={signedIn}>
      <Shell>
        <Outlet />
      </Shell>
    </SignedInContext>
  )
}
