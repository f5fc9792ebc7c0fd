import type { NewInvitationBody } from '@kickstand/contract'
import { Button, Dialog, Field } from '@kickstand/ui'
import { useState } from 'react'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { isMember } from '#i18n/problem-text.ts'
import { Choice } from './choice.tsx'
import { FailureNotice } from './failure-notice.tsx'
import { NewLinkDialog } from './new-link-dialog.tsx'

type Props<Role extends string> = {
  readonly roles: readonly { readonly value: Role; readonly label: string; readonly hint: string }[]
  readonly first: Role
  readonly invite: (email: string, role: Role) => Promise<NewInvitationBody>
  readonly onClose: () => void
}

/** Invites a person by e-mail address and role, and shows the link to send them. */
export function InviteDialog<Role extends string>({ roles, first, invite, onClose }: Props<Role>) {
  const { t } = useI18n()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState(first)
  const [created, setCreated] = useState<NewInvitationBody | null>(null)
  const { run, isRunning, error, reset } = useChange(() => invite(email.trim(), role), {
    refresh: [[KEYS.invitations], [KEYS.audit]],
    onDone: setCreated,
  })
  if (created !== null) {
    const { link, invitation } = created
    return (
      <NewLinkDialog
        title={t('people.invited', { email: invitation.email })}
        email={invitation.email}
        link={link}
        expiresAt={invitation.expiresAt}
        onClose={onClose}
      />
    )
  }
  return (
    <Dialog title={t('people.invite')} closeLabel={t('console.close')} onClose={onClose}>
      <form
        className="grid gap-4"
        onInput={() => {
          if (error !== null) reset()
        }}
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <Field
          label={t('signIn.email')}
          hint={t('people.inviteHint')}
          error={isMember(error) ? null : fieldText(error, 'email', t)}
        >
          {(control) => (
            <input
              {...control}
              type="email"
              autoComplete="off"
              required
              value={email}
              onChange={({ target }) => setEmail(target.value)}
            />
          )}
        </Field>
        <Choice legend={t('people.roleLegend')} chosen={role} options={roles} onChoose={setRole} />
        <FailureNotice error={error} shownFields={['email']} />
        <Button type="submit" variant="primary" isRunning={isRunning}>
          {t('people.createInvitation')}
        </Button>
      </form>
    </Dialog>
  )
}
