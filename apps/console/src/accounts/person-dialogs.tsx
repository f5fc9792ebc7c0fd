import type { AccountBody, NewLinkBody } from '@kickstand/contract'
import { Field, useToasts } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConfirmDialog } from '#parts/confirm-dialog.tsx'
import { NewLinkDialog } from '#parts/new-link-dialog.tsx'

type Props = { readonly account: AccountBody; readonly onClose: () => void }

const REFRESH = [[KEYS.accounts], [KEYS.sessions], [KEYS.audit]]

/** Suspends an account until a given day, or until the suspension is lifted. */
export function SuspendPerson({ account, onClose }: Props) {
  const { t } = useI18n()
  const { show } = useToasts()
  const [until, setUntil] = useState('')
  const { run, isRunning, error } = useChange(
    (reason: string) =>
      server.suspendAccount(account.id, { reason, until: until === '' ? null : new Date(until).toISOString() }),
    {
      refresh: REFRESH,
      onDone: () => {
        show({ text: t('people.suspended') })
        onClose()
      },
    },
  )
  return (
    <ConfirmDialog
      title={t('people.suspendOf', { name: account.name })}
      confirmLabel={t('people.suspend')}
      needsReason
      isRunning={isRunning}
      error={error}
      onConfirm={run}
      onClose={onClose}
    >
      <p>{t('people.suspendText')}</p>
      <Field label={t('people.suspendUntil')} hint={t('people.suspendUntilHint')}>
        {(control) => (
          <input {...control} type="datetime-local" value={until} onChange={({ target }) => setUntil(target.value)} />
        )}
      </Field>
    </ConfirmDialog>
  )
}

/** Ends the suspension of an account. */
export function EndSuspension({ account, onClose }: Props) {
  const { t } = useI18n()
  const { run, isRunning, error } = useChange((reason: string) => server.endSuspension(account.id, reason), {
    refresh: REFRESH,
    onDone: onClose,
  })
  return (
    <ConfirmDialog
      title={t('people.endSuspension')}
      confirmLabel={t('people.endSuspension')}
      needsReason
      isRunning={isRunning}
      error={error}
      onConfirm={run}
      onClose={onClose}
    >
      <p>{t('people.endSuspensionText')}</p>
    </ConfirmDialog>
  )
}

/** Creates a link with which the person sets a new passkey or password. */
export function RecoverPerson({ account, onClose }: Props) {
  const { t } = useI18n()
  const [link, setLink] = useState<NewLinkBody | null>(null)
  const { run, isRunning, error } = useChange((reason: string) => server.createRecoveryLink(account.id, reason), {
    refresh: REFRESH,
    onDone: setLink,
  })
  if (link !== null)
    return <NewLinkDialog title={t('people.recoveryLink')} email={account.email} {...link} onClose={onClose} />
  return (
    <ConfirmDialog
      title={t('organisations.recoverOf', { name: account.name })}
      confirmLabel={t('people.createLink')}
      needsReason
      isRunning={isRunning}
      error={error}
      onConfirm={run}
      onClose={onClose}
    >
      <p>{t('people.recoveryText')}</p>
    </ConfirmDialog>
  )
}
