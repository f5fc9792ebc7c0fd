import { Button, Dialog } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from './failure-notice.tsx'

type Props = {
  /** The fields of both versions, as text. */
  readonly fields: readonly { readonly label: string; readonly mine: string; readonly theirs: string }[]
  readonly isRunning: boolean
  readonly error: Error | null
  readonly onSaveMine: () => void
  readonly onKeepTheirs: () => void
}

/** Shows both versions side by side if two people changed the same object, and lets the person choose one. */
export function ConflictDialog({ fields, isRunning, error, onSaveMine, onKeepTheirs }: Props) {
  const { t } = useI18n()
  return (
    <Dialog title={t('people.conflictTitle')} closeLabel={t('console.close')} onClose={onKeepTheirs} size="wide">
      <p>{t('people.conflictText')}</p>
      <div className="grid gap-3 wide:grid-cols-2">
        <Version title={t('people.conflictMine')} rows={fields.map(({ label, mine }) => [label, mine])} />
        <Version title={t('people.conflictTheirs')} rows={fields.map(({ label, theirs }) => [label, theirs])} />
      </div>
      <FailureNotice error={error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onKeepTheirs}>{t('people.keepTheirs')}</Button>
        <Button variant="primary" isRunning={isRunning} onClick={onSaveMine}>
          {t('people.saveMine')}
        </Button>
      </div>
    </Dialog>
  )
}

function Version({
  title,
  rows,
}: {
  readonly title: string
  readonly rows: readonly (readonly [label: string, value: string])[]
}) {
  return (
    <section className="grid content-start gap-2 rounded-plate border border-line bg-raised p-3">
      <h3>{title}</h3>
      <dl className="grid gap-2">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt className="text-sm text-ink-soft">{label}</dt>
            <dd className="wrap-anywhere">
              <bdi>{value === '' ? '–' : value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
