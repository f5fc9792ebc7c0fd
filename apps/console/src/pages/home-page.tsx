import { Button, buttonClass, Notice } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useSignedIn } from '#api/account.ts'
import { hasFactorForAll } from '#api/principal.ts'
import { stepUpGate } from '#api/call.ts'
import { useI18n } from '#i18n/i18n.ts'
import { PageHead } from '#parts/page-head.tsx'
import { pages } from '#paths.ts'
import { ProviderFailure } from '#sign-in/provider-failure.tsx'
import { Nav } from '#shell/nav.tsx'
import { useTitle } from './use-title.ts'

const FEW_CODES = 3

/** The start page: tasks of the person, then links to the pages that they may open. */
export function HomePage() {
  const { t } = useI18n()
  const { account } = useSignedIn()
  useTitle(null)
  const isMissingFactor = !hasFactorForAll(account)
  const hasFactor = account.passkeys.length > 0 || account.hasAuthenticator
  const isLow = account.hasAuthenticator && account.recoveryCodesLeft <= FEW_CODES
  const hasOneWay = hasFactor && account.passkeys.length < 2 && !account.hasAuthenticator
  return (
    <div className="grid gap-4">
      <PageHead title={t('console.hello', { name: account.name })} />
      <ProviderFailure isSignedIn />
      <section className="grid gap-3" aria-label={t('console.needsYou')}>
        {isMissingFactor && !hasFactor && <Todo title={t('console.todoFactor')}>{t('console.todoFactorAdd')}</Todo>}
        {isMissingFactor && hasFactor && (
          <Notice tone="warning" title={t('console.todoFactor')}>
            <p>{t('console.todoFactorConfirm')}</p>
            <Button onClick={() => void stepUpGate.ask()}>{t('signIn.stepUpTitle')}</Button>
          </Notice>
        )}
        {isLow && (
          <Todo title={t('console.todoCodes')}>{t('account.codesLeft', { count: account.recoveryCodesLeft })}</Todo>
        )}
        {hasOneWay && <Todo title={t('console.todoSpare')}>{t('setup.checkSpareAdvice')}</Todo>}
        {!isMissingFactor && !isLow && !hasOneWay && (
          <Notice title={t('console.nothingNeedsYou')}>
            <p>{t('console.nothingNeedsYouText')}</p>
          </Notice>
        )}
      </section>
      <section className="grid gap-2 rounded-lg border border-line bg-surface py-3 wide:hidden">
        <Nav />
      </section>
    </div>
  )
}

function Todo({ title, children }: { readonly title: string; readonly children: string }) {
  const { t } = useI18n()
  return (
    <Notice tone="warning" title={title}>
      <p>{children}</p>
      <Link to={pages.account} className={buttonClass('plain')}>
        {t('console.toAccount')}
      </Link>
    </Notice>
  )
}
