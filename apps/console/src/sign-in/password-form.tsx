import { Button, Field } from '@kickstand/ui'
import { useState } from 'react'
import { useI18n } from '#i18n/i18n.ts'

type Props = {
  readonly isRunning: boolean
  readonly onSubmit: (credentials: { readonly email: string; readonly password: string }) => void
}

/** The browser fills in the address, or offers the passkeys of the device (WebAuthn Level 3 §5.1.4). */
const AUTOFILL = 'username webauthn'

/** E-mail address and password. Browsers offer passkeys in the first field. */
export function PasswordForm({ isRunning, onSubmit }: Props) {
  const { t } = useI18n()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit({ email: email.trim(), password })
      }}
    >
      <Field label={t('signIn.email')}>
        {(control) => (
          <input
            {...control}
            type="email"
            name="email"
            autoComplete={AUTOFILL}
            required
            value={email}
            onChange={({ target }) => setEmail(target.value)}
          />
        )}
      </Field>
      <Field label={t('signIn.password')}>
        {(control) => (
          <input
            {...control}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={({ target }) => setPassword(target.value)}
          />
        )}
      </Field>
      <Button type="submit" isRunning={isRunning}>
        {t('signIn.withPassword')}
      </Button>
    </form>
  )
}
