import type { OwnAccountBody } from '@kickstand/contract'
import { Button, Field } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { useFocus } from '#parts/use-focus.ts'

type Props = {
  readonly credentials: { readonly email: string; readonly password: string }
  readonly onSignedIn: (account: OwnAccountBody) => void
  readonly onBack: () => void
}

/** The second step of the sign-in with a password: the code of the app, or a recovery code in its place. */
export function CodeForm({ credentials, onSignedIn, onBack }: Props) {
  const { t } = useI18n()
  const [isRecovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const field = useFocus<HTMLInputElement>(isRecovery)
  const { run, isRunning, error, reset } = useChange(
    () =>
      server.signInWithPassword({
        ...credentials,
        ...(isRecovery ? { recoveryCode: code.trim() } : { code: code.replaceAll(/\s/g, '') }),
      }),
    { onDone: ({ account }) => onSignedIn(account) },
  )
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      <p>{t(isRecovery ? 'signIn.recoveryCodeText' : 'signIn.codeText')}</p>
      <FailureNotice error={error} />
      <Field key={String(isRecovery)} label={t(isRecovery ? 'signIn.recoveryCode' : 'signIn.code')}>
        {(control) => (
          <input
            {...control}
            ref={field}
            name={isRecovery ? 'recovery-code' : 'code'}
            inputMode={isRecovery ? 'text' : 'numeric'}
            autoComplete={isRecovery ? 'off' : 'one-time-code'}
            autoCapitalize="none"
            spellCheck={false}
            required
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        )}
      </Field>
      <Button type="submit" variant="primary" isRunning={isRunning}>
        {t('signIn.confirm')}
      </Button>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="quiet"
          onClick={() => {
            reset()
            setCode('')
            setRecovery(!isRecovery)
          }}
        >
          {t(isRecovery ? 'signIn.useCode' : 'signIn.useRecoveryCode')}
        </Button>
        <Button variant="quiet" onClick={onBack}>
          {t('console.back')}
        </Button>
      </div>
    </form>
  )
}
