import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@kickstand/ui'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Gate } from '#parts/gate.tsx'
import { HistoryList } from '#parts/history-list.tsx'
import { MissingObject } from '#parts/missing-object.tsx'
import { PageHead } from '#parts/page-head.tsx'
import { Tabs } from '#parts/tabs.tsx'
import { Waiting } from '#parts/waiting.tsx'
import { pages } from '#paths.ts'
import { Members } from './members.tsx'
import { OrganisationInvitations } from './organisation-invitations.tsx'
import { RenameOrganisation } from './rename-organisation.tsx'
import { Tokens } from './tokens.tsx'

export const ORGANISATION_TABS = ['members', 'invitations', 'tokens', 'history'] as const
export type OrganisationTab = (typeof ORGANISATION_TABS)[number]

type Props = { readonly organisationId: string; readonly tab: OrganisationTab }

/** One organisation: its members, invitations, tokens and history. */
export function OrganisationView({ organisationId, tab }: Props) {
  const { t } = useI18n()
  const object = { organisationId }
  const write = usePermission('organisations:write', object)
  const tokens = usePermission('tokens:read', object)
  const history = usePermission('audit:read', object)
  const [isRenaming, setRenaming] = useState(false)
  const { data: organisation, error } = useQuery({
    queryKey: [KEYS.organisations, organisationId],
    queryFn: ({ signal }) => server.getOrganisation(organisationId, signal),
  })
  if (organisation === undefined)
    return error === null ? <Waiting /> : <MissingObject error={error} list={pages.organisations} />
  const tabs = [
    { id: 'members', name: t('organisations.members') },
    { id: 'invitations', name: t('people.invitations') },
    ...(tokens.isAllowed ? [{ id: 'tokens', name: t('tokens.title') }] : []),
    ...(history.isAllowed ? [{ id: 'history', name: t('people.history') }] : []),
  ]
  return (
    <div className="grid gap-4">
      <PageHead title={<bdi>{organisation.name}</bdi>}>
        <Button disabled={!write.isAllowed} title={write.reason ?? undefined} onClick={() => setRenaming(true)}>
          {t('organisations.rename')}
        </Button>
      </PageHead>
      <Tabs label={t('organisations.parts')} chosen={tab} tabs={tabs} />
      {tab === 'members' && <Members organisationId={organisationId} />}
      {tab === 'invitations' && <OrganisationInvitations organisationId={organisationId} />}
      {tab === 'tokens' && (
        <Gate allowed={tokens}>
          <Tokens organisationId={organisationId} />
        </Gate>
      )}
      {tab === 'history' && (
        <Gate allowed={history}>
          <HistoryList filters={{ organisationId }} />
        </Gate>
      )}
      {isRenaming && <RenameOrganisation organisation={organisation} onClose={() => setRenaming(false)} />}
    </div>
  )
}
