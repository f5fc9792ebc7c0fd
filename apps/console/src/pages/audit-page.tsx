import { useNavigate, useSearch } from '@tanstack/react-router'
import { AuditList } from '#audit/audit-list.tsx'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Gate } from '#parts/gate.tsx'
import { pages } from '#paths.ts'
import { useTitle } from './use-title.ts'

/** The page with the audit log. */
export function AuditPage() {
  const { t } = useI18n()
  useTitle(t('audit.title'))
  const navigate = useNavigate()
  const search = useSearch({ from: `/signed-in${pages.audit}` })
  return (
    <Gate allowed={usePermission('audit:read')}>
      <AuditList
        search={search}
        onFilter={(name, value) => {
          const { [name]: _before, ...others } = search
          const text = value.trim()
          void navigate({ to: pages.audit, search: text === '' ? others : { ...others, [name]: text }, replace: true })
        }}
      />
    </Gate>
  )
}
