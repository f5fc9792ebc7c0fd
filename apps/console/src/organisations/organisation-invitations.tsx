import { isOrganisationRole, ORGANISATION_ROLES } from '@kickstand/domain'
import { Button } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Invitations } from '#parts/invitations.tsx'
import { InviteDialog } from '#parts/invite-dialog.tsx'

/** The invitations to an organisation. */
export function OrganisationInvitations({ organisationId }: { readonly organisationId: string }) {
  const { t } = useI18n()
  const write = usePermission('members:write', { organisationId })
  const [isInviting, setInviting] = useState(false)
  const roles = ORGANISATION_ROLES.map((value) => ({
    value,
    label: t(`people.role.${value}`),
    hint: t(`people.roleMeans.${value}`),
  }))
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
      {isInviting && (
        <InviteDialog
          roles={roles}
          first="viewer"
          invite={(email, role) => server.inviteMember(organisationId, { email, role })}
          onClose={() => setInviting(false)}
        />
      )}
    </div>
  )
}
