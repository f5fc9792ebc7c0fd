import type { OrganisationBody } from '@kickstand/contract'
import { Button, Dialog, Field } from '@kickstand/ui'
import { useState } from 'react'
import { server } from '#api/call.ts'
import { KEYS } from '#api/keys.ts'
import { useChange } from '#api/use-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'

type Props = { readonly onCreated: (organisation: OrganisationBody) => void; readonly onClose: () => void }

export const MAX_ORGANISATION_NAME = 200

/** The form for a new organisation. */
export function CreateOrganisation({ onCreated, onClose }: Props) {
  const { t } = useI18n()
  const [name, setName] = useState('')
  const { run, isRunning, error } = useChange(() => server.createOrganisation({ name: name.trim() }), {
    refresh: [[KEYS.organisations]],
    onDone: (organisation) => {
      onClose()
      onCreated(organisation)
    },
  })
  return (
    <Dialog title={t('organisations.create')} closeLabel={t('console.close')} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          run()
        }}
      >
        <Field label={t('organisations.name')} hint={t('organisations.nameHint')} error={fieldText(error, 'name', t)}>
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
        <FailureNotice error={error} shownFields={['name']} />
        <Button type="submit" variant="primary" isRunning={isRunning}>
          {t('console.create')}
        </Button>
      </form>
    </Dialog>
  )
}
