import { useNavigate, useSearch } from '@tanstack/react-router'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { OrganisationList } from '#organisations/organisation-list.tsx'
import { Gate } from '#parts/gate.tsx'
import { pages } from '#paths.ts'
import { useTitle } from './use-title.ts'

/** The organisations that the person may see. */
export function OrganisationsPage() {
  const { t } = useI18n()
  useTitle(t('organisations.title'))
  const read = usePermission('organisations:read')
  const navigate = useNavigate()
  const { q } = useSearch({ from: `/signed-in${pages.organisations}` })
  return (
    <Gate allowed={read}>
      <OrganisationList
        q={q}
        onFilter={(text) =>
          void navigate({
            to: pages.organisations,
            search: text.trim() === '' ? {} : { q: text.trim() },
            replace: true,
          })
        }
      />
    </Gate>
  )
}
