import type { AccountBody, AccountsQuery } from '@kickstand/contract'
import { PLATFORM_ROLES } from '@kickstand/domain'
import { Field, Tag } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { readAll } from '#api/read-all.ts'
import { useList, type ListPage } from '#api/use-list.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CsvButton } from '#parts/csv-button.tsx'
import { FilterField } from '#parts/filter-field.tsx'
import { rowClass, Rows } from '#parts/rows.tsx'
import { Time } from '#parts/time.tsx'
import { pages } from '#paths.ts'

const LIMIT = 50
export const ACCOUNT_STATES = ['active', 'suspended'] as const

export type AccountFilters = Pick<AccountsQuery, 'q' | 'role' | 'state'>

async function readPage(
  filters: AccountFilters,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<ListPage<AccountBody>> {
  const query = { ...filters, limit: LIMIT, ...(cursor === undefined ? {} : { cursor }) }
  const { accounts, nextCursor } = await server.getAccounts(query, signal)
  return { rows: accounts, nextCursor }
}

/** Whether the account has a role, which counts only with a second factor. */
function needsOne({ roles, memberships }: AccountBody): boolean {
  return roles.length > 0 || memberships.length > 0
}

type Props = {
  readonly filters: AccountFilters
  /** Changes one filter; an empty text clears it. */
  readonly onFilter: (name: keyof AccountFilters, value: string) => void
}

/** Finds accounts by name, e-mail address, role and state. */
export function AccountList({ filters, onFilter }: Props) {
  const { t } = useI18n()
  const list = useList([KEYS.accounts, 'list', filters], (cursor, signal) => readPage(filters, cursor, signal))
  const isFiltered = Object.keys(filters).length > 0
  return (
    <div className="grid gap-4">
      <div className="grid gap-3 wide:grid-cols-[2fr_1fr_1fr]">
        <FilterField
          label={t('people.filterAccounts')}
          value={filters.q ?? ''}
          isFirst
          onChange={(value) => onFilter('q', value)}
        />
        <Select label={t('people.roleLegend')} value={filters.role ?? ''} onChange={(value) => onFilter('role', value)}>
          {PLATFORM_ROLES.map((role) => (
            <option key={role} value={role}>
              {t(`people.role.${role}`)}
            </option>
          ))}
        </Select>
        <Select label={t('people.state')} value={filters.state ?? ''} onChange={(value) => onFilter('state', value)}>
          {ACCOUNT_STATES.map((state) => (
            <option key={state} value={state}>
              {t(`people.state.${state}`)}
            </option>
          ))}
        </Select>
      </div>
      <Rows
        label={t('people.accounts')}
        list={list}
        keyOf={({ id }) => id}
        emptyTitle={t(isFiltered ? 'console.nothingFound' : 'people.noAccounts')}
      >
        {(account) => (
          <Link
            to={pages.person}
            params={{ accountId: account.id }}
            data-row=""
            className={`${rowClass} wide:grid-cols-[1fr_14rem_17rem]`}
          >
            <span className="grid min-w-0">
              <bdi className="font-bold wrap-anywhere">{account.name}</bdi>
              <bdi className="text-sm wrap-anywhere text-ink-soft">{account.email}</bdi>
            </span>
            <span className="flex flex-wrap gap-1">
              {account.roles.map((role) => (
                <Tag key={role}>{t(`people.role.${role}`)}</Tag>
              ))}
              {account.suspension !== null && <Tag tone="problem">{t('people.state.suspended')}</Tag>}
              {needsOne(account) && !account.hasSecondFactor && <Tag tone="warning">{t('people.noSecondFactor')}</Tag>}
            </span>
            <span className="text-sm text-ink-soft">
              {account.lastUsedAt !== null && (
                <>
                  {t('account.lastUsed')} <Time at={account.lastUsedAt} />
                </>
              )}
            </span>
          </Link>
        )}
      </Rows>
      <div>
        <CsvButton
          fileName="kickstand-accounts.csv"
          columns={[
            { heading: 'id', valueOf: ({ id }) => id },
            { heading: 'name', valueOf: ({ name }) => name },
            { heading: 'email', valueOf: ({ email }) => email },
            { heading: 'roles', valueOf: ({ roles }) => roles.join(' ') },
            { heading: 'second_factor', valueOf: ({ hasSecondFactor }) => String(hasSecondFactor) },
            { heading: 'suspended_since', valueOf: ({ suspension }) => suspension?.since ?? null },
            { heading: 'last_used_at', valueOf: ({ lastUsedAt }) => lastUsedAt },
            { heading: 'created_at', valueOf: ({ createdAt }) => createdAt },
          ]}
          readRows={() => readAll((cursor) => readPage(filters, cursor))}
        />
      </div>
    </div>
  )
}

type SelectProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly children: ReactNode
}

function Select({ label, value, onChange, children }: SelectProps) {
  const { t } = useI18n()
  return (
    <Field label={label}>
      {(control) => (
        <select {...control} value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">{t('console.all')}</option>
          {children}
        </select>
      )}
    </Field>
  )
}
