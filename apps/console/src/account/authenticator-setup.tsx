import { Button, Field } from '@kickstand/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { refreshAccount } from '#api/account.ts'
import { server } from '#api/call.ts'
import { useChange } from '#api/use-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { CopyBox } from '#parts/copy-box.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

/**
 * Sets up an authenticator app: the key for the app, ten recovery codes, and a confirmation with one code of each kind. The
 * second factor is valid only after the confirmation.
 */
export function AuthenticatorSetup({ onDone }: { readonly onDone: () => void }) {
  const { t } = useI18n()
  const client = useQueryClient()
  const [setup, setSetup] = useState<Awaited<ReturnType<typeof server.createAuthenticator>> | null>(null)
  const [code, setCode] = useState('')
  const [recoveryCode, setRecoveryCode] = useState('')
  const create = useChange(() => server.createAuthenticator(), { onDone: setSetup })
  const confirm = useChange(
    () => server.confirmAuthenticator({ code: code.replaceAll(/\s/g, ''), recoveryCode: recoveryCode.trim() }),
    {
      onDone: () => {
        void refreshAccount(client)
        onDone()
      },
    },
  )
  if (setup === null) {
    return (
      <div className="grid justify-items-start gap-3">
        <p>{t('account.authenticatorText')}</p>
        <FailureNotice error={create.error} />
        <Button variant="primary" isRunning={create.isRunning} onClick={() => create.run()}>
          {t('account.authenticatorStart')}
        </Button>
      </div>
    )
  }
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        confirm.run()
      }}
    >
      <div className="grid gap-2">
        <h3 className="font-bold">{t('account.authenticatorStep1')}</h3>
        <QrCode text={setup.uri} label={t('account.authenticatorQr')} />
        <CopyBox
          label={t('account.authenticatorKey')}
          text={setup.secret}
          shown={setup.secret.replaceAll(/.{4}(?=.)/g, '$& ')}
        />
        <p>
          <a href={setup.uri} className="underline">
            {t('account.authenticatorOpen')}
          </a>
        </p>
      </div>
      <div className="grid gap-2">
        <h3 className="font-bold">{t('account.authenticatorStep2')}</h3>
        <RecoveryCodes codes={setup.recoveryCodes} />
      </div>
      <div className="grid gap-3">
        <h3 className="font-bold">{t('account.authenticatorStep3')}</h3>
        <Field label={t('signIn.code')} error={fieldText(confirm.error, 'code', t)}>
          {(control) => (
            <input
              {...control}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              required
              value={code}
              onChange={({ target }) => setCode(target.value)}
            />
          )}
        </Field>
        <Field
          label={t('account.oneRecoveryCode')}
          hint={t('account.oneRecoveryCodeHint')}
          error={fieldText(confirm.error, 'recoveryCode', t)}
        >
          {(control) => (
            <input
              {...control}
              name="recovery-code"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              required
              value={recoveryCode}
              onChange={({ target }) => setRecoveryCode(target.value)}
            />
          )}
        </Field>
        <FailureNotice error={confirm.error} shownFields={['code', 'recoveryCode']} />
        <Button type="submit" variant="primary" isRunning={confirm.isRunning}>
          {t('account.authenticatorConfirm')}
        </Button>
      </div>
    </form>
  )
}
