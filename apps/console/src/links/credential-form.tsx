import type { OneTimeLinkBody, OwnAccountBody } from '@kickstand/contract'
import { Button, Field } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { createPasskey, supportsPasskeys } from '#api/passkeys.ts'
import { useChange } from '#api/use-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { Choice } from '#parts/choice.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { PasswordField } from '#parts/password-field.tsx'

type Props = {
  readonly secret: string
  readonly link: OneTimeLinkBody
  readonly submitLabel: string
  readonly onDone: (account: OwnAccountBody) => void
}

const MAX_NAME = 100

/** The form that uses a link: a passkey or a password, and the name and e-mail address if the link does not contain them. */
export function CredentialForm({ secret, link, submitLabel, onDone }: Props) {
  const { t } = useI18n()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [way, setWay] = useState<'passkey' | 'password'>(supportsPasskeys() ? 'passkey' : 'password')
  const [password, setPassword] = useState('')
  const asksName = link.purpose !== 'recovery'
  const asksEmail = link.email === null
  const { run, isRunning, error, reset } = useChange(
    async () => {
      const person = {
        secret,
        ...(asksName ? { name: name.trim() } : {}),
        ...(asksEmail ? { email: email.trim() } : {}),
      }
      if (way === 'password') return server.acceptLink({ ...person, password })
      return server.acceptLink({ ...person, passkey: await createPasskey(await server.getLinkPasskeyOptions(person)) })
    },
    { onDone: ({ account }) => onDone(account) },
  )
  return (
    <form
      className="grid gap-4"
      // The browser checks fields before it submits them, so an old error would stay beside its message.
      onInput={() => {
        if (error !== null) reset()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        run()
      }}
    >
      {asksName && (
        <Field label={t('account.name')} hint={t('account.nameHint')} error={fieldText(error, 'name', t)}>
          {(control) => (
            <input
              {...control}
              name="name"
              autoComplete="name"
              required
              maxLength={MAX_NAME}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
      )}
      {asksEmail ? (
        <Field label={t('signIn.email')} error={fieldText(error, 'email', t)}>
          {(control) => (
            <input
              {...control}
              type="email"
              name="email"
              autoComplete="username"
              required
              value={email}
              onChange={({ target }) => setEmail(target.value)}
            />
          )}
        </Field>
      ) : (
        <input type="text" name="username" autoComplete="username" value={link.email ?? ''} readOnly hidden />
      )}
      <Choice
        legend={t('signIn.howToSignIn')}
        chosen={way}
        options={[
          {
            value: 'passkey',
            label: t('signIn.choosePasskey'),
            hint: t(supportsPasskeys() ? 'signIn.choosePasskeyHint' : 'signIn.noPasskeys'),
            isDisabled: !supportsPasskeys(),
          },
          { value: 'password', label: t('signIn.choosePassword'), hint: t('signIn.choosePasswordHint') },
        ]}
        onChoose={setWay}
      />
      {way === 'password' && <PasswordField value={password} error={error} onChange={setPassword} />}
      <FailureNotice error={error} shownFields={['name', 'email', 'password']} />
      <Button type="submit" variant="primary" isRunning={isRunning}>
        {submitLabel}
      </Button>
    </form>
  )
}
