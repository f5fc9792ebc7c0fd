import { isOrganisationRole } from '@kickstand/domain'
import { Button } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Invitations } from '#parts/invitations.tsx'
import { InviteMember } from './invite-member.tsx'

/** The invitations to an organisation. */
export function OrganisationInvitations({ organisationId }: { readonly organisationId: string }) {
  const { t } = useI18n()
  const write = usePermission('members:write', { organisationId })
  const [isInviting, setInviting] = useState(false)
  return (
    <div className="grid justify-items-stretch gap-3">
      {write.reason !== null && <p className="text-ink-soft">{write.reason}</p>}
      <Button
        variant="primary"
        className="justify-self-start"
        disabled={!write.isAllowed}
        onClick={() => setInviting(true)}
      >
        {t('people.invite')}
      </Button>
      <Invitations
        scope={organisationId}
        read={async (signal) => (await server.getMemberInvitations(organisationId, signal)).invitations}
        revoke={(id) => server.revokeMemberInvitation(organisationId, id)}
        canWrite={write.isAllowed}
        roleName={(role) => (isOrganisationRole(role) ? t(`people.role.${role}`) : role)}
      />
      {isInviting && <InviteMember organisationId={organisationId} first="viewer" onClose={() => setInviting(false)} />}
    </div>
  )
}
