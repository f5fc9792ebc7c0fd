import { buttonClass } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { useTitle } from './use-title.ts'

/** The start page of the console. It states the purpose of the console. */
export function StartPage() {
  const { t } = useI18n()
  useTitle(null)
  return (
    <div className="grid justify-items-start gap-3">
      <h2 className="sr-only">{t('console.name')}</h2>
      <p className="text-lg">{t('console.purpose')}</p>
      <p className="text-ink-soft">{t('console.signInLater')}</p>
      {/* The map is another app, so the router cannot link to it. */}
      <a href="/" className={`${buttonClass('primary')} mt-2`}>
        {t('console.toMap')}
      </a>
    </div>
  )
}
