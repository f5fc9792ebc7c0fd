import { ORGANISATION_ROLES, type OrganisationRole } from '@kickstand/domain'
import { server } from '#api/call.ts'
import { useI18n } from '#i18n/i18n.ts'
import { InviteDialog } from '#parts/invite-dialog.tsx'

type Props = {
  readonly organisationId: string
  /** The role that is chosen when the dialog opens. */
  readonly first: OrganisationRole
  readonly onClose: () => void
}

/** Invites a person to an organisation. */
export function InviteMember({ organisationId, first, onClose }: Props) {
  const { t } = useI18n()
  const roles = ORGANISATION_ROLES.map((value) => ({
    value,
    label: t(`people.role.${value}`),
    hint: t(`people.roleMeans.${value}`),
  }))
  return (
    <InviteDialog
      roles={roles}
      first={first}
      invite={(email, role) => server.inviteMember(organisationId, { email, role })}
      onClose={onClose}
    />
  )
}
