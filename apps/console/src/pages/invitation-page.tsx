import type { OneTimeLinkBody } from '@kickstand/contract'
import { isOrganisationRole, isPlatformRole } from '@kickstand/domain'
import { Button, Notice } from '@kickstand/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ownAccountQuery, showAccount } from '#api/account.ts'
import { server } from '#api/call.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CredentialForm } from '#links/credential-form.tsx'
import { LinkState } from '#links/link-state.tsx'
import { useLinkSecret } from '#links/use-link-secret.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Time } from '#parts/time.tsx'
import { pages } from '#paths.ts'
import { SignIn } from '#sign-in/sign-in.tsx'
import { PublicFrame } from './public-frame.tsx'
import { useTitle } from './use-title.ts'

/** Accepts an invitation: with a new account, or with the one that the person has. */
export function InvitationPage() {
  const { t } = useI18n()
  const secret = useLinkSecret()
  useTitle(t('people.invitation'))
  return (
    <PublicFrame>
      <div className="grid gap-4 rounded-lg border border-line bg-surface p-4">
        <h2 className="text-2xl">{t('people.invitation')}</h2>
        <LinkState secret={secret} purpose="invitation">
          {(link) => <Invitation secret={secret} link={link} />}
        </LinkState>
      </div>
    </PublicFrame>
  )
}

function Invitation({ secret, link }: { readonly secret: string; readonly link: OneTimeLinkBody }) {
  const { t } = useI18n()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { data: account } = useQuery(ownAccountQuery)
  const enter = (signedIn: NonNullable<typeof account>) => {
    showAccount(client, signedIn)
    void navigate({ to: pages.start })
  }
  const join = useChange(() => server.joinByLink(secret), { onDone: (answer) => enter(answer.account) })
  const signOut = useChange(() => server.signOut(), { onDone: () => showAccount(client, null) })
  return (
    <>
      <Summary link={link} />
      {!link.accountExists && (
        <CredentialForm secret={secret} link={link} submitLabel={t('people.acceptInvitation')} onDone={enter} />
      )}
      {link.accountExists && account === null && (
        <>
          <p>{t('people.signInToAccept')}</p>
          <SignIn onSignedIn={(signedIn) => showAccount(client, signedIn)} />
        </>
      )}
      {link.accountExists && account && account.email === link.email && (
        <>
          <FailureNotice error={join.error} />
          <Button variant="primary" isRunning={join.isRunning} onClick={() => join.run()}>
            {t('people.acceptInvitation')}
          </Button>
        </>
      )}
      {link.accountExists && account && account.email !== link.email && (
        <Notice tone="warning">
          <p className="wrap-anywhere">{t('people.otherAccount', { email: account.email })}</p>
          <Button onClick={() => signOut.run()}>{t('signIn.signOut')}</Button>
        </Notice>
      )}
    </>
  )
}

function Summary({ link }: { readonly link: OneTimeLinkBody }) {
  const { t } = useI18n()
  const { role, organisation, email } = link
  const isKnown = role !== null && (isOrganisationRole(role) || isPlatformRole(role))
  return (
    <dl className="grid gap-2 rounded-plate bg-raised p-3">
      <Fact label={t('people.invitedTo')} value={organisation?.name ?? t('people.installation')} />
      {isKnown && (
        <Fact label={t('people.roleLegend')} value={`${t(`people.role.${role}`)}: ${t(`people.roleMeans.${role}`)}`} />
      )}
      {email !== null && <Fact label={t('signIn.email')} value={email} />}
      <div>
        <dt className="text-sm text-ink-soft">{t('people.linkUntil')}</dt>
        <dd>
          <Time at={link.expiresAt} />
        </dd>
      </div>
    </dl>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt className="text-sm text-ink-soft">{label}</dt>
      <dd className="font-bold wrap-anywhere">
        <bdi>{value}</bdi>
      </dd>
    </div>
  )
}
