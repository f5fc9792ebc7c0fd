import { useNavigate, useSearch } from '@tanstack/react-router'
import { useI18n } from '#i18n/i18n.ts'
import { OrganisationList } from '#organisations/organisation-list.tsx'
import { pages } from '#paths.ts'
import { useTitle } from './use-title.ts'

/** The organisations that the person may see. */
export function OrganisationsPage() {
  const { t } = useI18n()
  useTitle(t('organisations.title'))
  const navigate = useNavigate()
  const { q } = useSearch({ from: `/signed-in${pages.organisations}` })
  return (
    <OrganisationList
      q={q}
      onFilter={(text) =>
        void navigate({ to: pages.organisations, search: text.trim() === '' ? {} : { q: text.trim() }, replace: true })
      }
    />
  )
}
