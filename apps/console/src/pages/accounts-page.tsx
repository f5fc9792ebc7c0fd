import { PLATFORM_ROLES } from '@kickstand/domain'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ACCOUNT_STATES, AccountList, type AccountFilters } from '#accounts/account-list.tsx'
import { PlatformInvitations } from '#accounts/platform-invitations.tsx'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Gate } from '#parts/gate.tsx'
import { PageHead } from '#parts/page-head.tsx'
import { oneOf } from '#parts/search.ts'
import { Tabs } from '#parts/tabs.tsx'
import { pages } from '#paths.ts'
import { useTitle } from './use-title.ts'

/** Accounts, and invitations to roles of the whole installation. */
export function AccountsPage() {
  const { t } = useI18n()
  useTitle(t('people.accounts'))
  const read = usePermission('accounts:read')
  const navigate = useNavigate()
  const { tab = 'accounts', q, ...search } = useSearch({ from: `/signed-in${pages.accounts}` })
  const role = oneOf(search.role, PLATFORM_ROLES)
  const state = oneOf(search.state, ACCOUNT_STATES)
  const filters: AccountFilters = {
    ...(q === undefined ? {} : { q }),
    ...(role === undefined ? {} : { role }),
    ...(state === undefined ? {} : { state }),
  }
  return (
    <div className="grid gap-4">
      <PageHead title={t('people.accounts')} />
      <Gate allowed={read}>
        <Tabs
          label={t('people.accounts')}
          chosen={tab}
          tabs={[
            { id: 'accounts', name: t('people.accounts') },
            { id: 'invitations', name: t('people.invitations') },
          ]}
        />
        {tab === 'invitations' ? (
          <PlatformInvitations />
        ) : (
          <AccountList
            filters={filters}
            onFilter={(name, value) => {
              const { [name]: _before, ...others } = filters
              const text = value.trim()
              void navigate({
                to: pages.accounts,
                search: text === '' ? others : { ...others, [name]: text },
                replace: true,
              })
            }}
          />
        )}
      </Gate>
    </div>
  )
}
