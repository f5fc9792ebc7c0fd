import { buttonClass } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { pages } from '#paths.ts'
import { useI18n } from '#i18n/i18n.ts'
import { PublicFrame } from './public-frame.tsx'
import { useTitle } from './use-title.ts'

/** Shown for an address of the console that no route has. */
export function NotFoundPage() {
  const { t } = useI18n()
  useTitle(t('console.notFoundTitle'))
  return (
    <PublicFrame>
      <div className="grid justify-items-start gap-3">
        <h2 className="text-xl">{t('console.notFoundTitle')}</h2>
        <p className="text-ink-soft">{t('console.notFoundText')}</p>
        <Link to={pages.start} className={`${buttonClass('primary')} mt-2`}>
          {t('console.toStart')}
        </Link>
      </div>
    </PublicFrame>
  )
}
