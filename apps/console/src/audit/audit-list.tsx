import type { AuditEntryBody } from '@kickstand/contract'
import { Field } from '@kickstand/ui'
import { readAuditPage, useAudit, type AuditFilters } from '#api/audit-list.ts'
import { readAll } from '#api/read-all.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CsvButton } from '#parts/csv-button.tsx'
import type { CsvColumn } from '#parts/csv.ts'
import { FilterField } from '#parts/filter-field.tsx'
import { AuditEntry } from '#parts/history.tsx'
import { PageHead } from '#parts/page-head.tsx'
import { Rows } from '#parts/rows.tsx'
import { ActionChoice, OrganisationChoice } from './audit-choices.tsx'

const COLUMNS: readonly CsvColumn<AuditEntryBody>[] = [
  { heading: 'id', valueOf: ({ id }) => id },
  { heading: 'at', valueOf: ({ at }) => at },
  { heading: 'actor_kind', valueOf: ({ actor }) => actor.kind },
  { heading: 'actor', valueOf: ({ actor }) => actor.name },
  { heading: 'action', valueOf: ({ action }) => action },
  { heading: 'object', valueOf: ({ object }) => `${object.kind}:${object.id}` },
  { heading: 'organisation_id', valueOf: ({ organisationId }) => organisationId },
  { heading: 'before', valueOf: ({ before }) => (before === null ? null : JSON.stringify(before)) },
  { heading: 'after', valueOf: ({ after }) => (after === null ? null : JSON.stringify(after)) },
  { heading: 'reason', valueOf: ({ reason }) => reason },
  { heading: 'request_id', valueOf: ({ requestId }) => requestId },
]

export type AuditSearch = Pick<AuditFilters, 'action' | 'object' | 'organisationId' | 'from' | 'to'>

type Props = {
  /** `from` and `to` are days, such as 2026-11-29, in the time zone of the browser. */
  readonly search: AuditSearch
  readonly onFilter: (name: keyof AuditSearch, value: string) => void
}

/** The start of a day; with `end`, the start of the next day. Undefined if the text is not a day. */
function startOf(day: string | undefined, end: boolean): string | undefined {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day ?? '')
  if (parts === null) return undefined
  const [year, month, date] = parts.slice(1).map(Number)
  return new Date(year ?? 0, (month ?? 1) - 1, (date ?? 1) + Number(end)).toISOString()
}

/** The form of an object: its kind and its id. */
const OBJECT = /^[^:]+:./

/** The audit log with filters by action, object, organisation and day. */
export function AuditList({ search, onFilter }: Props) {
  const { t } = useI18n()
  const { action, object, organisationId } = search
  const isObject = object === undefined || OBJECT.test(object)
  const [from, to] = [startOf(search.from, false), startOf(search.to, true)]
  const filters: AuditFilters = {
    ...(action === undefined ? {} : { action }),
    ...(object !== undefined && isObject ? { object } : {}),
    ...(organisationId === undefined ? {} : { organisationId }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
  const list = useAudit(filters)
  return (
    <div className="grid gap-4">
      <PageHead title={t('audit.title')}>
        <CsvButton
          fileName="kickstand-audit.csv"
          columns={COLUMNS}
          readRows={() => readAll((cursor) => readAuditPage(filters, cursor))}
        />
      </PageHead>
      <div className="grid gap-3 wide:grid-cols-3">
        <ActionChoice value={action ?? ''} onChange={(value) => onFilter('action', value)} />
        <FilterField
          label={t('audit.filterObject')}
          value={object ?? ''}
          isFirst
          error={isObject ? null : t('audit.objectWrong')}
          onChange={(value) => onFilter('object', value)}
        />
        <OrganisationChoice value={organisationId ?? ''} onChange={(value) => onFilter('organisationId', value)} />
        <Day label={t('audit.filterFrom')} value={search.from ?? ''} onChange={(value) => onFilter('from', value)} />
        <Day label={t('audit.filterTo')} value={search.to ?? ''} onChange={(value) => onFilter('to', value)} />
      </div>
      {isObject && (
        <Rows
          label={t('audit.title')}
          list={list}
          keyOf={({ id }) => id}
          emptyTitle={t(Object.keys(filters).length === 0 ? 'audit.none' : 'console.nothingFound')}
        >
          {(entry) => <AuditEntry entry={entry} />}
        </Rows>
      )}
    </div>
  )
}

type DayProps = { readonly label: string; readonly value: string; readonly onChange: (day: string) => void }

function Day({ label, value, onChange }: DayProps) {
  return (
    <Field label={label}>
      {(control) => <input {...control} type="date" value={value} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  )
}
