import { Button, Field } from '@kickstand/ui'
import { useState } from 'react'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'

type Props = {
  readonly value: string
  /** The error of the latest attempt. It is shown if it concerns the password. */
  readonly error: Error | null
  readonly onChange: (value: string) => void
}

const MIN_LENGTH = 8
const MAX_LENGTH = 256

/** A field for a new password. The person can show the password instead of typing it twice. */
export function PasswordField({ value, error, onChange }: Props) {
  const { t } = useI18n()
  const [isShown, setShown] = useState(false)
  return (
    <Field label={t('account.newPassword')} hint={t('account.passwordHint')} error={fieldText(error, 'password', t)}>
      {(control) => (
        <div className="flex gap-2">
          <input
            {...control}
            type={isShown ? 'text' : 'password'}
            name="new-password"
            autoComplete="new-password"
            autoCapitalize="none"
            spellCheck={false}
            required
            minLength={MIN_LENGTH}
            maxLength={MAX_LENGTH}
            value={value}
            onChange={({ target }) => onChange(target.value)}
          />
          <Button className="flex-none" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {t('account.showPassword')}
          </Button>
        </div>
      )}
    </Field>
  )
}
