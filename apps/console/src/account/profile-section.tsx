import { Button, Field, useToasts } from '@kickstand/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ownAccountQuery, useSignedIn } from '#api/account.ts'
import { server } from '#api/call.ts'
import { useVersionedChange } from '#api/use-versioned-change.ts'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { changeLanguage, CONSOLE_LANGUAGES, isConsoleLanguage } from '#i18n/texts.ts'
import { ConflictDialog } from '#parts/conflict-dialog.tsx'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Section } from '#parts/page-head.tsx'

const MAX_NAME = 100

/** The section for the person's own name and language. */
export function ProfileSection() {
  const { t } = useI18n()
  const { account } = useSignedIn()
  const client = useQueryClient()
  const { show } = useToasts()
  const [name, setName] = useState(account.name)
  const [language, setLanguage] = useState(isConsoleLanguage(account.language) ? account.language : 'en')
  /** The version that the person sees in the form. */
  const [version, setVersion] = useState(account.version)
  const change = useVersionedChange({
    change: async (input: { readonly name: string; readonly language: 'en' | 'de' }, expected) => {
      const stored = await server.changeOwnAccount(input, expected)
      await changeLanguage(input.language)
      setVersion(stored.version)
      return stored
    },
    readLatest: () => server.getOwnAccount(),
    refresh: [ownAccountQuery.queryKey],
    onDone: () => show({ text: t('console.saved') }),
  })
  const { conflict } = change
  return (
    <Section title={t('account.profile')}>
      <form
        className="grid gap-3 wide:grid-cols-2"
        onSubmit={(event) => {
          event.preventDefault()
          change.run({ name: name.trim(), language }, version)
        }}
      >
        <Field label={t('account.name')} hint={t('account.nameHint')} error={fieldText(change.error, 'name', t)}>
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
        <Field label={t('console.language')}>
          {(control) => (
            <select
              {...control}
              value={language}
              onChange={({ target }) => isConsoleLanguage(target.value) && setLanguage(target.value)}
            >
              {Object.entries(CONSOLE_LANGUAGES).map(([code, own]) => (
                <option key={code} value={code} lang={code}>
                  {own}
                </option>
              ))}
            </select>
          )}
        </Field>
        <p className="text-ink-soft wide:col-span-2">
          {t('account.emailIs')} <bdi className="wrap-anywhere">{account.email}</bdi>
        </p>
        <div className="grid justify-items-start gap-3 wide:col-span-2">
          {conflict === null && <FailureNotice error={change.error} shownFields={['name']} />}
          <Button type="submit" variant="primary" isRunning={change.isRunning}>
            {t('console.saveChanges')}
          </Button>
        </div>
      </form>
      {conflict !== null && (
        <ConflictDialog
          fields={[
            { label: t('account.name'), mine: conflict.mine.name, theirs: conflict.theirs.name },
            {
              label: t('console.language'),
              mine: CONSOLE_LANGUAGES[conflict.mine.language],
              theirs: isConsoleLanguage(conflict.theirs.language) ? CONSOLE_LANGUAGES[conflict.theirs.language] : '',
            },
          ]}
          isRunning={change.isRunning}
          error={change.error}
          onSaveMine={change.saveMine}
          onKeepTheirs={() => {
            const { theirs } = conflict
            setName(theirs.name)
            if (isConsoleLanguage(theirs.language)) setLanguage(theirs.language)
            setVersion(theirs.version)
            client.setQueryData(ownAccountQuery.queryKey, theirs)
            void change.keepTheirs()
          }}
        />
      )}
    </Section>
  )
}
