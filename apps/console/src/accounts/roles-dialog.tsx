import type { AccountBody, RolesChange } from '@kickstand/contract'
import { PLATFORM_ROLES, type PlatformRole } from '@kickstand/domain'
import { Button, Dialog, Field, useToasts } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useVersionedChange } from '#api/use-versioned-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConflictDialog } from '#parts/conflict-dialog.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'

const MAX_REASON = 500

/** Sets the platform roles of an account, with a reason. */
export function RolesDialog({ account, onClose }: { readonly account: AccountBody; readonly onClose: () => void }) {
  const { t, format } = useI18n()
  const { show } = useToasts()
  // The ETag of the version that the person saw when the dialog opened.
  const [{ id, name, version }] = useState(account)
  const [roles, setRoles] = useState<readonly PlatformRole[]>(account.roles)
  const [reason, setReason] = useState('')
  const change = useVersionedChange({
    change: (input: RolesChange, expected) => server.setRoles(id, input, expected),
    readLatest: () => server.getAccount(id),
    refresh: [[KEYS.accounts], [KEYS.audit]],
    onDone: () => {
      show({ text: t('console.saved') })
      onClose()
    },
  })
  const { conflict } = change
  const namesOf = (some: readonly PlatformRole[]): string => format.list(some.map((role) => t(`people.role.${role}`)))
  if (conflict !== null) {
    return (
      <ConflictDialog
        fields={[
          {
            label: t('people.platformRoles'),
            mine: namesOf(conflict.mine.roles),
            theirs: namesOf(conflict.theirs.roles),
          },
        ]}
        isRunning={change.isRunning}
        error={change.error}
        onSaveMine={change.saveMine}
        onKeepTheirs={() => {
          onClose()
          void change.keepTheirs()
        }}
      />
    )
  }
  return (
    <Dialog title={t('people.rolesOf', { name })} closeLabel={t('console.close')} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          change.run({ roles: [...roles], reason: reason.trim() }, version)
        }}
      >
        <fieldset className="m-0 grid gap-2 border-0 p-0">
          <legend className="sr-only">{t('people.platformRoles')}</legend>
          {PLATFORM_ROLES.map((role) => (
            <label key={role} className="flex gap-3">
              <input
                type="checkbox"
                aria-label={t(`people.role.${role}`)}
                className="mt-1 size-4 flex-none accent-[var(--sign)]"
                checked={roles.includes(role)}
                onChange={({ target }) =>
                  setRoles(target.checked ? [...roles, role] : roles.filter((one) => one !== role))
                }
              />
              <span className="grid">
                <span className="font-bold">{t(`people.role.${role}`)}</span>
                <span className="text-sm text-ink-soft">{t(`people.roleMeans.${role}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <Field label={t('people.reason')} hint={t('people.reasonHint')} error={fieldText(change.error, 'reason', t)}>
          {(control) => (
            <textarea
              {...control}
              rows={2}
              required
              maxLength={MAX_REASON}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <FailureNotice error={change.error} shownFields={['reason']} />
        <Button type="submit" variant="primary" isRunning={change.isRunning}>
          {t('console.save')}
        </Button>
      </form>
    </Dialog>
  )
}
