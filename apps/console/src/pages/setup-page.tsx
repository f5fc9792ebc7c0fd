import type { OwnAccountBody } from '@kickstand/contract'
import { buttonClass, ToastRegion } from '@kickstand/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { AuthenticatorSetup } from '#account/authenticator-setup.tsx'
import { ownAccountQuery, showAccount } from '#api/account.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CredentialForm } from '#links/credential-form.tsx'
import { LinkState } from '#links/link-state.tsx'
import { useLinkSecret } from '#links/use-link-secret.ts'
import { ConsoleIcon } from '#parts/icon.tsx'
import { Waiting } from '#parts/waiting.tsx'
import { pages } from '#paths.ts'
import { CityStep } from '#setup/city-step.tsx'
import { SelfCheck } from '#setup/self-check.tsx'
import { StartStep } from '#setup/start-step.tsx'
import { PublicFrame } from './public-frame.tsx'
import { useTitle } from './use-title.ts'

/** The first start: three steps on one page, then a self-check. */
export function SetupPage() {
  const { t } = useI18n()
  const secret = useLinkSecret()
  const client = useQueryClient()
  const { data: account } = useQuery(ownAccountQuery)
  useTitle(t('setup.title'))
  if (account === undefined) {
    return (
      <PublicFrame>
        <Waiting />
      </PublicFrame>
    )
  }
  const isReady = account !== null && (account.session.hasSecondFactor || account.hasAuthenticator)
  return (
    <PublicFrame wide>
      <div className="grid gap-4">
        <h2 className="text-2xl">{t('setup.title')}</h2>
        <ol className="grid gap-4">
          <Step number={1} title={t('setup.step1')} isDone={account !== null}>
            {account === null && <StartStep />}
          </Step>
          <Step number={2} title={t('setup.step2')} isDone={isReady}>
            {account === null ? (
              <LinkState secret={secret} purpose="setup">
                {(link) => (
                  <CredentialForm
                    secret={secret}
                    link={link}
                    submitLabel={t('setup.createAccount')}
                    onDone={(created) => showAccount(client, created)}
                  />
                )}
              </LinkState>
            ) : (
              <OwnAccount account={account} isReady={isReady} />
            )}
          </Step>
          <Step number={3} title={t('setup.step3')} isDone={false}>
            {isReady && <CityStep />}
          </Step>
        </ol>
        {isReady && account !== null && (
          <section className="grid gap-3 rounded-lg border border-line bg-surface p-4">
            <h3 className="text-lg">{t('setup.selfCheck')}</h3>
            <SelfCheck account={account} />
            <Link to={pages.start} className={`${buttonClass('primary')} justify-self-start`}>
              {t('setup.toConsole')}
            </Link>
          </section>
        )}
      </div>
      <ToastRegion closeLabel={t('console.close')} />
    </PublicFrame>
  )
}

function OwnAccount({ account, isReady }: { readonly account: OwnAccountBody; readonly isReady: boolean }) {
  const { t } = useI18n()
  return (
    <div className="grid gap-3">
      <p className="wrap-anywhere">
        {t('setup.signedInAs')} <bdi className="font-bold">{account.name}</bdi> (<bdi>{account.email}</bdi>)
      </p>
      {!isReady && <AuthenticatorSetup onDone={() => undefined} />}
    </div>
  )
}

type StepProps = {
  readonly number: number
  readonly title: string
  readonly isDone: boolean
  readonly children: ReactNode
}

function Step({ number, title, isDone, children }: StepProps) {
  const { t } = useI18n()
  return (
    <li className="grid gap-3 rounded-lg border border-line bg-surface p-4">
      <h3 className="flex items-center gap-3 text-lg">
        <span
          aria-hidden="true"
          className={`grid size-8 flex-none place-items-center rounded-plate ${isDone ? 'bg-good text-white' : 'bg-sign text-sign-ink'}`}
        >
          {isDone ? <ConsoleIcon name="check" /> : number}
        </span>
        {title}
        {isDone && <span className="sr-only">{t('setup.state.good')}</span>}
      </h3>
      {children}
    </li>
  )
}
