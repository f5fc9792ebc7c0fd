import { Brand, SkipLink } from '@kickstand/ui'
import type { ReactNode } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { LanguageChoice, ThemeButton } from '#shell/appearance.tsx'
import { CONTENT_ID } from './content-id.ts'

/** The frame of pages that need no sign-in. */
export function PublicFrame({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  const { t } = useI18n()
  return (
    <div className="grid min-h-full grid-rows-[auto_1fr_auto]">
      <SkipLink target={CONTENT_ID}>{t('console.skipToContent')}</SkipLink>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-3">
        <Brand name="Kickstand" />
        <p className="flex-1 text-lg font-bold">{t('console.name')}</p>
        <ThemeButton />
      </header>
      <main
        id={CONTENT_ID}
        tabIndex={-1}
        className={`mx-auto w-full px-4 py-6 focus-visible:outline-none ${wide ? 'max-w-[46rem]' : 'max-w-[30rem]'}`}
      >
        {children}
      </main>
      <footer className="flex flex-wrap items-center justify-center gap-x-6 gap-y-2 border-t border-line px-4 py-3">
        <LanguageChoice />
        {/* The map is another app, so the router cannot link to it. */}
        <a href="/" className="inline-grid min-h-11 items-center underline">
          {t('console.toMap')}
        </a>
      </footer>
    </div>
  )
}
