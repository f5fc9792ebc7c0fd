import { useAudit, type AuditFilters } from '#api/audit-list.ts'
import { useI18n } from '#i18n/i18n.ts'
import { AuditEntry } from './history.tsx'
import { Rows } from './rows.tsx'

/** The audit log entries of one object or of one organisation. */
export function HistoryList({ filters }: { readonly filters: AuditFilters }) {
  const { t } = useI18n()
  const list = useAudit(filters)
  return (
    <Rows label={t('people.history')} list={list} keyOf={({ id }) => id} emptyTitle={t('audit.none')}>
      {(entry) => <AuditEntry entry={entry} />}
    </Rows>
  )
}
