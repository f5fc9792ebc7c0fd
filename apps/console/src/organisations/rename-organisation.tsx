import type { OrganisationBody } from '@kickstand/contract'
import { Button, Dialog, Field, useToasts } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useVersionedChange } from '#api/use-versioned-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { ConflictDialog } from '#parts/conflict-dialog.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { MAX_ORGANISATION_NAME } from './create-organisation.tsx'

type Props = { readonly organisation: OrganisationBody; readonly onClose: () => void }

/** Changes the name of an organisation. */
export function RenameOrganisation({ organisation, onClose }: Props) {
  const { t } = useI18n()
  const { show } = useToasts()
  // The ETag of the version that the person saw when the form opened.
  const [{ id, version }] = useState(organisation)
  const [name, setName] = useState(organisation.name)
  const change = useVersionedChange({
    change: (input: string, expected) => server.changeOrganisation(id, { name: input }, expected),
    readLatest: () => server.getOrganisation(id),
    refresh: [[KEYS.organisations], [KEYS.audit]],
    onDone: () => {
      show({ text: t('console.saved') })
      onClose()
    },
  })
  const { conflict } = change
  if (conflict !== null) {
    return (
      <ConflictDialog
        fields={[{ label: t('organisations.name'), mine: conflict.mine, theirs: conflict.theirs.name }]}
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
    <Dialog title={t('organisations.rename')} closeLabel={t('console.close')} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          change.run(name.trim(), version)
        }}
      >
        <Field label={t('organisations.name')} error={fieldText(change.error, 'name', t)}>
          {(control) => (
            <input
              {...control}
              autoComplete="organization"
              required
              maxLength={MAX_ORGANISATION_NAME}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          )}
        </Field>
        <FailureNotice error={change.error} shownFields={['name']} />
        <Button type="submit" variant="primary" isRunning={change.isRunning}>
          {t('console.save')}
        </Button>
      </form>
    </Dialog>
  )
}
