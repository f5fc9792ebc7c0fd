import type { OwnAccountBody } from '@kickstand/contract'
import { Button, Command } from '@kickstand/ui'
import { useEffect, useRef, useState } from 'react'
import { server } from '#api/call.ts'
import {
  cancelPasskey,
  PasskeyError,
  signWithPasskey,
  supportsPasskeyAutofill,
  supportsPasskeys,
} from '#api/passkeys.ts'
import { isRejection } from '#api/step-up.ts'
import { useChange } from '#api/use-change.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { ConsoleIcon } from '#parts/icon.tsx'
import { CodeForm } from './code-form.tsx'
import { Or } from './or.tsx'
import { PasswordForm } from './password-form.tsx'

type Props = {
  readonly onSignedIn: (account: OwnAccountBody) => void
  /** Whether another way to sign in is shown above. */
  readonly isSecond?: boolean
}
type Credentials = { readonly email: string; readonly password: string }

/** Sign-in with a passkey, or with a password and, where one is set up, the code of an authenticator app. */
export function SignIn({ onSignedIn, isSecond = false }: Props) {
  const { t } = useI18n()
  /** The password was accepted, and a code is needed. */
  const [accepted, setAccepted] = useState<Credentials | null>(null)
  const onDone = ({ account }: { readonly account: OwnAccountBody }) => onSignedIn(account)
  const passkey = useChange(
    async () => server.signInWithPasskey(await signWithPasskey(await server.getSignInOptions(), false)),
    { onDone },
  )
  const password = useChange(
    async (credentials: Credentials) => {
      try {
        return await server.signInWithPassword(credentials)
      } catch (error) {
        if (!isRejection(error, 'second-factor-required')) throw error
        setAccepted(credentials)
        return null
      }
    },
    { onDone: (answer) => answer !== null && onDone(answer) },
  )
  usePasskeyAutofill(onSignedIn, accepted === null && !passkey.isRunning)
  if (accepted !== null)
    return <CodeForm credentials={accepted} onSignedIn={onSignedIn} onBack={() => setAccepted(null)} />
  return (
    <div className="grid gap-4">
      <FailureNotice error={passkey.error ?? password.error} />
      {supportsPasskeys() ? (
        <>
          <Button
            variant={isSecond ? 'plain' : 'primary'}
            isRunning={passkey.isRunning}
            onClick={() => {
              password.reset()
              passkey.run()
            }}
          >
            <ConsoleIcon name="key" />
            {t('signIn.withPasskey')}
          </Button>
          <Or />
        </>
      ) : (
        <p className="text-ink-soft">{t('signIn.noPasskeys')}</p>
      )}
      <PasswordForm
        isRunning={password.isRunning}
        onSubmit={(credentials) => {
          passkey.reset()
          password.run(credentials)
        }}
      />
      <details>
        <summary className="py-2 text-link underline underline-offset-[0.18em]">{t('signIn.lostAccess')}</summary>
        <div className="grid gap-2 pt-1">
          <p>{t('signIn.lostAccessText')}</p>
          <p>{t('signIn.lostAccessAdmin')}</p>
          <Command>npx kickstand accounts recover EMAIL</Command>
        </div>
      </details>
    </div>
  )
}

/** Offers the passkeys of the device where the browser fills in the e-mail address, as long as `isOn`. */
function usePasskeyAutofill(onSignedIn: (account: OwnAccountBody) => void, isOn: boolean): void {
  const latest = useRef(onSignedIn)
  latest.current = onSignedIn
  useEffect(() => {
    if (!isOn) return
    const aborter = new AbortController()
    async function offer(): Promise<void> {
      if (!(await supportsPasskeyAutofill()) || aborter.signal.aborted) return
      const answer = await signWithPasskey(await server.getSignInOptions(aborter.signal), true)
      if (aborter.signal.aborted) return
      latest.current((await server.signInWithPasskey(answer)).account)
    }
    offer().catch((error: unknown) => {
      // The other ways to sign in still work, and show their own errors.
      if (error instanceof PasskeyError) return
    })
    return () => {
      aborter.abort()
      cancelPasskey()
    }
  }, [isOn])
}
