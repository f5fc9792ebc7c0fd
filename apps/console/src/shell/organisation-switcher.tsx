import { useNavigate, useParams } from '@tanstack/react-router'
import { useSignedIn } from '#api/account.ts'
import { useOrganisationNames } from '#api/organisation-names.ts'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '#paths.ts'

/**
 * Switches to another organisation of the person. The address contains the current one. Renders nothing for people without an
 * organisation.
 */
export function OrganisationSwitcher() {
  const { t } = useI18n()
  const { account } = useSignedIn()
  const nameOf = useOrganisationNames()
  const navigate = useNavigate()
  const open = useParams({ strict: false }).organisationId ?? ''
  if (account.memberships.length === 0) return null
  const isOwn = account.memberships.some(({ organisationId }) => organisationId === open)
  return (
    <select
      aria-label={t('organisations.switch')}
      className="min-h-11 w-full min-w-0 truncate rounded-plate border-[1.5px] border-edge bg-surface px-2 text-base wide:w-60"
      value={isOwn ? open : ''}
      onChange={({ target }) => {
        if (target.value !== '') void navigate({ to: pages.organisation, params: { organisationId: target.value } })
      }}
    >
      {!isOwn && <option value="">{t('organisations.choose')}</option>}
      {account.memberships.map(({ organisationId }) => (
        <option key={organisationId} value={organisationId}>
          {nameOf(organisationId)}
        </option>
      ))}
    </select>
  )
}
