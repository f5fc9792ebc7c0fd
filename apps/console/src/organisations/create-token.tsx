import type { Action } from '@kickstand/domain'
import { Button, Dialog, Field } from '@kickstand/ui'
import { useState } from 'react'
import { server, serverNow } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { NewToken } from './new-token.tsx'
import { ScopeChoice } from './scope-choice.tsx'

const MAX_NAME = 100
const DAY_MS = 86_400_000
/** Days until a token expires; 0: never. */
const LIFETIMES = ['30', '90', '365', '0'] as const

/** The form for a new token. It can do what the person can in the organisation, or less. */
export function CreateToken({
  organisationId,
  onClose,
}: {
  readonly organisationId: string
  readonly onClose: () => void
}) {
  const { t } = useI18n()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly Action[]>([])
  const [isWithoutScope, setWithoutScope] = useState(false)
  const [networks, setNetworks] = useState('')
  const [days, setDays] = useState<string>('90')
  const [token, setToken] = useState<string | null>(null)
  const { run, isRunning, error } = useChange(
    () =>
      server.createToken(organisationId, {
        name: name.trim(),
        scopes: [...scopes],
        networks: networks.split(/[\s,;]+/).filter((one) => one !== ''),
        expiresAt: days === '0' ? null : new Date(serverNow() + Number(days) * DAY_MS).toISOString(),
      }),
    { refresh: [[KEYS.tokens], [KEYS.audit]], onDone: (created) => setToken(created.token) },
  )
  if (token !== null) return <NewToken token={token} onClose={onClose} />
  return (
    <Dialog title={t('tokens.create')} closeLabel={t('console.close')} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          setWithoutScope(scopes.length === 0)
          if (scopes.length > 0) run()
          else event.currentTarget.querySelector<HTMLElement>('[type="checkbox"]')?.focus()
        }}
      >
        <Field label={t('tokens.name')} hint={t('tokens.nameHint')} error={fieldText(error, 'name', t)}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              required
              maxLength={MAX_NAME}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <ScopeChoice
          organisationId={organisationId}
          chosen={scopes}
          error={isWithoutScope ? t('tokens.chooseScope') : fieldText(error, 'scopes', t)}
          onChoose={(chosen) => {
            setScopes(chosen)
            setWithoutScope(false)
          }}
        />
        <Field
          label={t('tokens.networksLabel')}
          hint={t('tokens.networksHint')}
          error={fieldText(error, 'networks', t)}
        >
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              spellCheck={false}
              value={networks}
              onChange={({ target }) => setNetworks(target.value)}
            />
          )}
        </Field>
        <Field label={t('tokens.expires')}>
          {(control) => (
            <select {...control} value={days} onChange={({ target }) => setDays(target.value)}>
              {LIFETIMES.map((one) => (
                <option key={one} value={one}>
                  {one === '0' ? t('tokens.noExpiry') : t('tokens.inDays', { days: Number(one) })}
                </option>
              ))}
            </select>
          )}
        </Field>
        <FailureNotice error={error} shownFields={['name', 'networks', 'scopes']} />
        <Button type="submit" variant="primary" isRunning={isRunning}>
          {t('tokens.create')}
        </Button>
      </form>
    </Dialog>
  )
}
