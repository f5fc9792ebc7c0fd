import { Button, Dialog, Field } from '@kickstand/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState, useSyncExternalStore } from 'react'
import { refreshAccount, useSignedIn } from '#api/account.ts'
import { server, stepUpGate } from '#api/call.ts'
import { signWithPasskey, supportsPasskeys } from '#api/passkeys.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'

/** Opens when a request needs a proof of identity, and sends the request again afterwards. */
export function StepUp() {
  const isWaiting = useSyncExternalStore(stepUpGate.subscribe, stepUpGate.isWaiting)
  return isWaiting ? <StepUpDialog /> : null
}

function StepUpDialog() {
  const { t } = useI18n()
  const client = useQueryClient()
  const { account } = useSignedIn()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const options = {
    onDone: () => {
      stepUpGate.finish(true)
      void refreshAccount(client)
    },
  }
  const byPasskey = useChange(async () => {
    const answer = await signWithPasskey(await server.getStepUpOptions(), false)
    await server.stepUp({ passkey: answer })
  }, options)
  const byPassword = useChange(
    () => server.stepUp({ password, ...(account.hasAuthenticator ? { code: code.replaceAll(/\s/g, '') } : {}) }),
    options,
  )
  const isRunning = byPasskey.isRunning || byPassword.isRunning
  return (
    <Dialog title={t('signIn.stepUpTitle')} closeLabel={t('console.close')} onClose={() => stepUpGate.finish(false)}>
      <p>{t('signIn.stepUpText')}</p>
      <FailureNotice error={byPasskey.error ?? byPassword.error} />
      {account.passkeys.length > 0 && supportsPasskeys() && (
        <Button
          variant="primary"
          isRunning={isRunning}
          onClick={() => {
            byPassword.reset()
            byPasskey.run()
          }}
        >
          {t('signIn.stepUpPasskey')}
        </Button>
      )}
      {account.hasPassword && (
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            byPasskey.reset()
            byPassword.run()
          }}
        >
          <input type="text" name="username" autoComplete="username" value={account.email} readOnly hidden />
          <Field label={t('signIn.password')}>
            {(control) => (
              <input
                {...control}
                type="password"
                autoComplete="current-password"
                required
                value={password}
                onChange={({ target }) => setPassword(target.value)}
              />
            )}
          </Field>
          {account.hasAuthenticator && (
            <Field label={t('signIn.code')}>
              {(control) => (
                <input
                  {...control}
                  inputMode="numeric"
                  autoComplete="one-time-code"
                  required
                  value={code}
                  onChange={({ target }) => setCode(target.value)}
                />
              )}
            </Field>
          )}
          <Button type="submit" isRunning={isRunning}>
            {t('signIn.stepUpPassword')}
          </Button>
        </form>
      )}
    </Dialog>
  )
}
