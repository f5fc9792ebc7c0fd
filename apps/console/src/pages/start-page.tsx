import { buttonClass } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { useTitle } from './use-title.ts'

/** What the console is for. */
export function StartPage() {
  const { t } = useI18n()
  useTitle(null)
  return (
    <div className="grid justify-items-start gap-3">
      <h2 className="sr-only">{t('console.name')}</h2>
      <p className="text-lg">{t('console.purpose')}</p>
      <p className="text-ink-soft">{t('console.signInLater')}</p>
      {/* Another app, so no link of the router. */}
      <a href="/" className={`${buttonClass('primary')} mt-2`}>
        {t('console.toMap')}
      </a>
    </div>
  )
}
