import { Brand, SkipLink } from '@kickstand/ui'
import { Outlet } from '@tanstack/react-router'
import { texts } from '#texts.ts'

const CONTENT_ID = 'content'

/** The frame around all pages of the console: skip link, header, content. */
export function Frame() {
  return (
    <div className="grid min-h-full grid-rows-[auto_1fr]">
      <SkipLink target={CONTENT_ID}>{texts.skipToContent}</SkipLink>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-3">
        <Brand name={texts.product} />
        <p className="text-lg font-bold">{texts.console}</p>
      </header>
      <main id={CONTENT_ID} tabIndex={-1} className="w-full max-w-[45rem] px-4 py-6 focus-visible:outline-none">
        <Outlet />
      </main>
    </div>
  )
}
