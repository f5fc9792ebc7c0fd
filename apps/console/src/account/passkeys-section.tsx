import type { PasskeyBody } from '@kickstand/contract'
import { Button, Dialog, Field } from '@kickstand/ui'
import { useId, useState } from 'react'
import { ownAccountQuery, useSignedIn } from '#api/account.ts'
import { server } from '#api/call.ts'
import { createPasskey, supportsPasskeys } from '#api/passkeys.ts'
import { useChange } from '#api/use-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConfirmDialog } from '#parts/confirm-dialog.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Section } from '#parts/page-head.tsx'
import { Time } from '#parts/time.tsx'
import { neededFor } from './needed-for.ts'
import { NeededReason } from './needed-reason.tsx'

const REFRESH = [ownAccountQuery.queryKey]
const MAX_NAME = 100

/** The section for the person's own passkeys. */
export function PasskeysSection() {
  const { t } = useI18n()
  const { account } = useSignedIn()
  const need = account.passkeys.length === 0 ? null : neededFor(account, 'passkey')
  const reasonId = useId()
  const [isAdding, setAdding] = useState(false)
  const [removed, setRemoved] = useState<PasskeyBody | null>(null)
  const remove = useChange((id: string) => server.removePasskey(id), {
    refresh: REFRESH,
    onDone: () => setRemoved(null),
  })
  return (
    <Section
      title={t('account.passkeys')}
      actions={
        <Button disabled={!supportsPasskeys()} onClick={() => setAdding(true)}>
          {t('account.addPasskey')}
        </Button>
      }
    >
      {!supportsPasskeys() && <p className="text-ink-soft">{t('signIn.noPasskeys')}</p>}
      {account.passkeys.length === 0 && <p className="text-ink-soft">{t('account.noPasskeys')}</p>}
      {account.passkeys.length > 0 && (
        <ul className="grid gap-2">
          {account.passkeys.map((passkey) => (
            <li
              key={passkey.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line pt-2"
            >
              <div className="min-w-0">
                <p className="font-bold wrap-anywhere">
                  <bdi>{passkey.name}</bdi>
                </p>
                <p className="text-sm text-ink-soft">
                  {t('account.created')} <Time at={passkey.createdAt} />
                  {passkey.usedAt !== null && (
                    <>
                      {' · '}
                      {t('account.lastUsed')} <Time at={passkey.usedAt} />
                    </>
                  )}
                </p>
              </div>
              <Button
                disabled={need !== null}
                aria-describedby={need === null ? undefined : reasonId}
                aria-label={t('account.removePasskeyOf', { name: passkey.name })}
                onClick={() => {
                  remove.reset()
                  setRemoved(passkey)
                }}
              >
                {t('console.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <NeededReason id={reasonId} need={need} />
      {isAdding && <AddPasskey onClose={() => setAdding(false)} />}
      {removed !== null && (
        <ConfirmDialog
          title={t('account.removePasskeyOf', { name: removed.name })}
          confirmLabel={t('console.remove')}
          isRunning={remove.isRunning}
          error={remove.error}
          onConfirm={() => remove.run(removed.id)}
          onClose={() => setRemoved(null)}
        >
          <p>{t('account.removePasskeyText')}</p>
        </ConfirmDialog>
      )}
    </Section>
  )
}

function AddPasskey({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n()
  const [name, setName] = useState('')
  const { run, isRunning, error } = useChange(
    async () => server.addPasskey({ ...(await createPasskey(await server.getPasskeyOptions())), name: name.trim() }),
    { refresh: REFRESH, onDone: onClose },
  )
  return (
    <Dialog title={t('account.addPasskey')} closeLabel={t('console.close')} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <Field label={t('account.passkeyName')} hint={t('account.passkeyNameHint')} error={fieldText(error, 'name', t)}>
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
        <FailureNotice error={error} shownFields={['name']} />
        <Button type="submit" variant="primary" isRunning={isRunning}>
          {t('account.createPasskey')}
        </Button>
      </form>
    </Dialog>
  )
}
