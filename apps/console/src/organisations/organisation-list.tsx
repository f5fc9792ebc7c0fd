import type { OrganisationBody } from '@kickstand/contract'
import { Button } from '@kickstand/ui'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { readAll } from '#api/read-all.ts'
import { useList, type ListPage } from '#api/use-list.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CsvButton } from '#parts/csv-button.tsx'
import { FilterField } from '#parts/filter-field.tsx'
import { PageHead } from '#parts/page-head.tsx'
import { rowClass, Rows } from '#parts/rows.tsx'
import { Time } from '#parts/time.tsx'
import { pages } from '#paths.ts'
import { CreateOrganisation } from './create-organisation.tsx'

const LIMIT = 50

async function readPage(
  q: string | undefined,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<ListPage<OrganisationBody>> {
  const query = { limit: LIMIT, ...(q === undefined ? {} : { q }), ...(cursor === undefined ? {} : { cursor }) }
  const { organisations, nextCursor } = await server.getOrganisations(query, signal)
  return { rows: organisations, nextCursor }
}

type Props = {
  /** Part of the name. */
  readonly q: string | undefined
  readonly onFilter: (q: string) => void
}

/** The organisations that the person may see. */
export function OrganisationList({ q, onFilter }: Props) {
  const { t } = useI18n()
  const navigate = useNavigate()
  const create = usePermission('organisations:create')
  const [isCreating, setCreating] = useState(false)
  const list = useList([KEYS.organisations, 'list', q ?? ''], (cursor, signal) => readPage(q, cursor, signal))
  return (
    <div className="grid gap-4">
      <PageHead title={t('organisations.title')}>
        <CsvButton
          fileName="kickstand-organisations.csv"
          columns={[
            { heading: 'id', valueOf: ({ id }) => id },
            { heading: 'name', valueOf: ({ name }) => name },
            { heading: 'members', valueOf: ({ members }) => members },
            { heading: 'created_at', valueOf: ({ createdAt }) => createdAt },
          ]}
          readRows={() => readAll((cursor) => readPage(q, cursor))}
        />
        {create.permission !== 'not-allowed' && (
          <Button
            variant="primary"
            disabled={!create.isAllowed}
            title={create.reason ?? undefined}
            onClick={() => setCreating(true)}
          >
            {t('organisations.create')}
          </Button>
        )}
      </PageHead>
      <FilterField label={t('organisations.filterName')} value={q ?? ''} isFirst onChange={onFilter} />
      <Rows
        label={t('organisations.title')}
        list={list}
        keyOf={({ id }) => id}
        emptyTitle={t(q === undefined ? 'organisations.none' : 'console.nothingFound')}
        {...(q === undefined && create.isAllowed ? { emptyText: t('organisations.noneText') } : {})}
      >
        {({ id, name, members, createdAt }) => (
          <Link
            to={pages.organisation}
            params={{ organisationId: id }}
            data-row=""
            className={`${rowClass} wide:grid-cols-[1fr_10rem_15rem]`}
          >
            <bdi className="font-bold wrap-anywhere">{name}</bdi>
            <span>{t('organisations.memberCount', { count: members })}</span>
            <span className="text-ink-soft">
              {t('account.created')} <Time at={createdAt} />
            </span>
          </Link>
        )}
      </Rows>
      {isCreating && (
        <CreateOrganisation
          onCreated={({ id }) => void navigate({ to: pages.organisation, params: { organisationId: id } })}
          onClose={() => setCreating(false)}
        />
      )}
    </div>
  )
}
