import { useParams, useSearch } from '@tanstack/react-router'
import { PERSON_TABS, PersonView } from '#accounts/person-view.tsx'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Gate } from '#parts/gate.tsx'
import { oneOf } from '#parts/search.ts'
import { pages } from '#paths.ts'
import { useTitle } from './use-title.ts'

/** One account, for staff. */
export function PersonPage() {
  const { t } = useI18n()
  useTitle(t('people.account'))
  const { accountId } = useParams({ from: `/signed-in${pages.person}` })
  const { tab } = useSearch({ from: `/signed-in${pages.person}` })
  return (
    <Gate allowed={usePermission('accounts:read')}>
      <PersonView key={accountId} accountId={accountId} tab={oneOf(tab, PERSON_TABS) ?? 'account'} />
    </Gate>
  )
}
