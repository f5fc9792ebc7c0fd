import { useParams, useSearch } from '@tanstack/react-router'
import { useOrganisationNames } from '#api/organisation-names.ts'
import { usePermission } from '#api/use-permission.ts'
import { ORGANISATION_TABS, OrganisationView } from '#organisations/organisation-view.tsx'
import { Gate } from '#parts/gate.tsx'
import { oneOf } from '#parts/search.ts'
import { pages } from '#paths.ts'
import { useTitle } from './use-title.ts'

/** One organisation. */
export function OrganisationPage() {
  const { organisationId } = useParams({ from: `/signed-in${pages.organisation}` })
  const { tab } = useSearch({ from: `/signed-in${pages.organisation}` })
  const read = usePermission('organisations:read', { organisationId })
  useTitle(useOrganisationNames()(organisationId))
  return (
    <Gate allowed={read}>
      <OrganisationView
        key={organisationId}
        organisationId={organisationId}
        tab={oneOf(tab, ORGANISATION_TABS) ?? 'members'}
      />
    </Gate>
  )
}
