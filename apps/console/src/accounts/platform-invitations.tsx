import { isPlatformRole, PLATFORM_ROLES } from '@kickstand/domain'
import { Button } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { usePermission } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Invitations } from '#parts/invitations.tsx'
import { InviteDialog } from '#parts/invite-dialog.tsx'

/** The invitations to roles of the whole installation. */
export function PlatformInvitations() {
  const { t } = useI18n()
  const write = usePermission('accounts:write')
  const [isInviting, setInviting] = useState(false)
  const roles = PLATFORM_ROLES.map((value) => ({
    value,
    label: t(`people.role.${value}`),
    hint: t(`people.roleMeans.${value}`),
  }))
  return (
    <div className="grid gap-3">
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
        scope="platform"
        read={async (signal) => (await server.getInvitations(signal)).invitations}
        revoke={(id) => server.revokeInvitation(id)}
        canWrite={write.isAllowed}
        roleName={(role) => (isPlatformRole(role) ? t(`people.role.${role}`) : role)}
      />
      {isInviting && (
        <InviteDialog
          roles={roles}
          first="support"
          invite={(email, role) => server.invite({ email, role })}
          onClose={() => setInviting(false)}
        />
      )}
    </div>
  )
}
