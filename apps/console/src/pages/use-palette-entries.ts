import { can } from '@kickstand/domain'
import { useNavigate } from '@tanstack/react-router'
import { useSignedIn } from '#api/account.ts'
import { useOrganisationNames } from '#api/organisation-names.ts'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '#paths.ts'
import { NAV } from '#shell/nav.tsx'
import type { PaletteEntry } from '#shell/palette.tsx'

/** The pages that the person may open, their organisations, and actions. */
export function usePaletteEntries(signOut: () => void): readonly PaletteEntry[] {
  const { t } = useI18n()
  const navigate = useNavigate()
  const { principal, account } = useSignedIn()
  const nameOf = useOrganisationNames()
  return [
    ...NAV.filter(({ action }) => action === null || can(principal, action)).map(({ to, id }) => ({
      id: to,
      label: t(id),
      run: () => void navigate({ to }),
    })),
    ...account.memberships.map(({ organisationId }) => ({
      id: organisationId,
      label: nameOf(organisationId),
      run: () => void navigate({ to: pages.organisation, params: { organisationId } }),
    })),
    { id: 'sign-out', label: t('signIn.signOut'), run: signOut },
  ]
}
