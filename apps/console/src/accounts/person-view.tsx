import type { AccountBody } from '@kickstand/contract'
import { Notice, Tag } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { useSignedIn } from '#api/account.ts'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Gate } from '#parts/gate.tsx'
import { HistoryList } from '#parts/history-list.tsx'
import { MissingObject } from '#parts/missing-object.tsx'
import { PageHead } from '#parts/page-head.tsx'
import { Tabs } from '#parts/tabs.tsx'
import { Time } from '#parts/time.tsx'
import { Waiting } from '#parts/waiting.tsx'
import { pages } from '#paths.ts'
import { PersonFacts } from './person-facts.tsx'
import { PersonSessions } from './person-sessions.tsx'

export const PERSON_TABS = ['account', 'sessions', 'history'] as const
export type PersonTab = (typeof PERSON_TABS)[number]

/** One account: roles, suspension, recovery, sessions and history. */
export function PersonView({ accountId, tab }: { readonly accountId: string; readonly tab: PersonTab }) {
  const { t } = useI18n()
  const history = usePermission('audit:read')
  const isOwn = useSignedIn().account.id === accountId
  const { data: account, error } = useQuery({
    queryKey: [KEYS.accounts, accountId],
    queryFn: ({ signal }) => server.getAccount(accountId, signal),
  })
  if (account === undefined) return error === null ? <Waiting /> : <MissingObject error={error} list={pages.accounts} />
  const tabs = [
    { id: 'account', name: t('people.account') },
    { id: 'sessions', name: t('account.sessions') },
    ...(history.isAllowed ? [{ id: 'history', name: t('people.history') }] : []),
  ]
  return (
    <div className="grid gap-4">
      <div className="grid gap-1">
        <PageHead title={<bdi>{account.name}</bdi>} />
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="wrap-anywhere text-ink-soft">{account.email}</bdi>
          {account.suspension !== null && <Tag tone="problem">{t('people.state.suspended')}</Tag>}
          {!account.hasSecondFactor && <Tag tone="warning">{t('people.noSecondFactor')}</Tag>}
        </p>
      </div>
      {isOwn && (
        <Notice>
          <p>{t('people.thisIsYou')}</p>
        </Notice>
      )}
      <SuspensionNotice account={account} />
      <Tabs label={t('people.parts')} chosen={tab} tabs={tabs} />
      {tab === 'account' && <PersonFacts account={account} isOwn={isOwn} />}
      {tab === 'sessions' && <PersonSessions accountId={accountId} />}
      {tab === 'history' && (
        <Gate allowed={history}>
          <HistoryList filters={{ object: `account:${accountId}` }} />
        </Gate>
      )}
    </div>
  )
}

function SuspensionNotice({ account }: { readonly account: AccountBody }) {
  const { t } = useI18n()
  if (account.suspension === null) return null
  const { since, until, reason } = account.suspension
  return (
    <Notice tone="warning" title={t('people.suspendedTitle')}>
      <p>
        {t('people.suspendedSince')} <Time at={since} />
        {' · '}
        {until === null ? (
          t('people.suspendedForever')
        ) : (
          <>
            {t('people.suspendedUntil')} <Time at={until} />
          </>
        )}
      </p>
      <p className="wrap-anywhere">
        {t('people.reason')}: <bdi>{reason}</bdi>
      </p>
    </Notice>
  )
}
