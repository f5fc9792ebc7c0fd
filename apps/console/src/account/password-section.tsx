import { Button, Dialog, Field, useToasts } from '@kickstand/ui'
import { useState } from 'react'
import { ownAccountQuery, useSignedIn } from '#api/account.ts'
import { server } from '#api/call.ts'
import { signWithPasskey } from '#api/passkeys.ts'
import { useChange } from '#api/use-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConfirmDialog } from '#parts/confirm-dialog.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Section } from '#parts/page-head.tsx'
import { PasswordField } from '#parts/password-field.tsx'

const REFRESH = [ownAccountQuery.queryKey]

/** The section for the person's own password. People with a passkey do not need a password. */
export function PasswordSection() {
  const { t } = useI18n()
  const { account } = useSignedIn()
  const [open, setOpen] = useState<'set' | 'remove' | null>(null)
  const remove = useChange(
    async () => server.removeOwnPassword({ passkey: await signWithPasskey(await server.getStepUpOptions(), false) }),
    { refresh: REFRESH, onDone: () => setOpen(null) },
  )
  return (
    <Section
      title={t('signIn.password')}
      actions={
        <>
          <Button onClick={() => setOpen('set')}>
            {t(account.hasPassword ? 'account.changePassword' : 'account.setPassword')}
          </Button>
          {account.hasPassword && account.passkeys.length > 0 && (
            <Button
              onClick={() => {
                remove.reset()
                setOpen('remove')
              }}
            >
              {t('account.removePassword')}
            </Button>
          )}
        </>
      }
    >
      <p className="text-ink-soft">{t(account.hasPassword ? 'account.passwordIsSet' : 'account.passwordIsNotSet')}</p>
      {open === 'set' && <SetPassword onClose={() => setOpen(null)} />}
      {open === 'remove' && (
        <ConfirmDialog
          title={t('account.removePassword')}
          confirmLabel={t('console.remove')}
          isRunning={remove.isRunning}
          error={remove.error}
          onConfirm={() => remove.run()}
          onClose={() => setOpen(null)}
        >
          <p>{t('account.removePasswordText')}</p>
        </ConfirmDialog>
      )}
    </Section>
  )
}

function SetPassword({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n()
  const { account } = useSignedIn()
  const { show } = useToasts()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { run, isRunning, error } = useChange(
    () => server.setOwnPassword({ password, ...(account.hasPassword ? { currentPassword: current } : {}) }),
    {
      refresh: REFRESH,
      onDone: () => {
        show({ text: t('account.passwordSaved') })
        onClose()
      },
    },
  )
  return (
    <Dialog
      title={t(account.hasPassword ? 'account.changePassword' : 'account.setPassword')}
      closeLabel={t('console.close')}
      onClose={onClose}
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <input type="text" name="username" autoComplete="username" value={account.email} readOnly hidden />
        {account.hasPassword && (
          <Field
            label={t('account.currentPassword')}
            hint={account.passkeys.length > 0 ? t('account.currentPasswordHint') : null}
            error={fieldText(error, 'currentPassword', t)}
          >
            {(control) => (
              <input
                {...control}
                type="password"
                name="current-password"
                autoComplete="current-password"
                required
                value={current}
                onChange={({ target }) => setCurrent(target.value)}
              />
            )}
          </Field>
        )}
        <PasswordField value={password} error={error} onChange={setPassword} />
        <FailureNotice error={error} shownFields={['password', 'currentPassword']} />
        <Button type="submit" variant="primary" isRunning={isRunning}>
          {t('console.save')}
        </Button>
      </form>
    </Dialog>
  )
}
