import { Brand, SkipLink } from '@kickstand/ui'
import { Outlet } from '@tanstack/react-router'
import { useI18n } from '#i18n/i18n.ts'

const CONTENT_ID = 'content'

/** The frame around all pages of the console: skip link, header, content. */
export function Frame() {
  const { t } = useI18n()
  return (
    <div className="grid min-h-full grid-rows-[auto_1fr]">
      <SkipLink target={CONTENT_ID}>{t('console.skipToContent')}</SkipLink>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-3">
        <Brand name="Kickstand" />
        <p className="text-lg font-bold">{t('console.name')}</p>
      </header>
      <main id={CONTENT_ID} tabIndex={-1} className="w-full max-w-[45rem] px-4 py-6 focus-visible:outline-none">
        <Outlet />
      </main>
    </div>
  )
}
