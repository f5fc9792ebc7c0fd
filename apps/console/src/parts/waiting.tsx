import { useI18n } from '#i18n/i18n.ts'

/** Shown until an answer of the server has arrived. */
export function Waiting() {
  const { t } = useI18n()
  return (
    <p role="status" className="py-3 text-ink-soft">
      {t('console.loading')}
    </p>
  )
}
