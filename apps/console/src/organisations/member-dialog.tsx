import type { MemberBody } from '@kickstand/contract'
import type { OrganisationRole } from '@kickstand/domain'
import { useToasts } from '@kickstand/ui'
import { ownAccountQuery } from '#api/account.ts'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConfirmDialog } from '#parts/confirm-dialog.tsx'
import { NewLinkDialog } from '#parts/new-link-dialog.tsx'
import { useState } from 'react'

export type MemberAct =
  | { readonly kind: 'role'; readonly role: OrganisationRole }
  | { readonly kind: 'remove' }
  | { readonly kind: 'recovery' }

type Props = {
  readonly organisationId: string
  readonly member: MemberBody
  readonly act: MemberAct
  readonly onClose: () => void
}

/** Asks for the reason for a change of a member, and makes the change. */
export function MemberDialog({ organisationId, member, act, onClose }: Props) {
  const { t } = useI18n()
  const { show } = useToasts()
  const [link, setLink] = useState<{ readonly link: string; readonly expiresAt: string } | null>(null)
  const { accountId, name } = member
  const { run, isRunning, error } = useChange(
    async (reason: string) => {
      if (act.kind === 'recovery') return server.createMemberRecoveryLink(organisationId, accountId, reason)
      if (act.kind === 'role') await server.setMemberRole(organisationId, accountId, { role: act.role, reason })
      else await server.removeMember(organisationId, accountId, reason)
      return null
    },
    {
      // The person may have changed their own role.
      refresh: [[KEYS.members], [KEYS.organisations], [KEYS.audit], ownAccountQuery.queryKey],
      onDone: (created) => {
        if (created !== null) return setLink(created)
        show({ text: t('console.saved') })
        onClose()
      },
    },
  )
  if (link !== null)
    return <NewLinkDialog title={t('people.recoveryLink')} email={member.email} {...link} onClose={onClose} />
  const titles = {
    role: act.kind === 'role' ? t('organisations.becomes', { name, role: t(`people.role.${act.role}`) }) : '',
    remove: t('organisations.removeOf', { name }),
    recovery: t('organisations.recoverOf', { name }),
  }
  const labels = {
    role: t('console.save'),
    remove: t('console.remove'),
    recovery: t('people.createLink'),
  }
  return (
    <ConfirmDialog
      title={titles[act.kind]}
      confirmLabel={labels[act.kind]}
      needsReason
      isRunning={isRunning}
      error={error}
      onConfirm={run}
      onClose={onClose}
    >
      {act.kind === 'role' && <p>{t(`people.roleMeans.${act.role}`)}</p>}
      {act.kind === 'remove' && <p>{t('organisations.removeText')}</p>}
      {act.kind === 'recovery' && <p>{t('people.recoveryText')}</p>}
    </ConfirmDialog>
  )
}
