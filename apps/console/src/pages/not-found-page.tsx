import { buttonClass } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { pages } from '#paths.ts'
import { texts } from '#texts.ts'
import { useTitle } from './use-title.ts'

/** Shown for an address of the console that no route has. */
export function NotFoundPage() {
  useTitle(texts.notFoundTitle)
  return (
    <div className="grid justify-items-start gap-3">
      <h2 className="text-xl">{texts.notFoundTitle}</h2>
      <p className="text-ink-soft">{texts.notFoundText}</p>
      <Link to={pages.start} className={`${buttonClass('primary')} mt-2`}>
        {texts.toStart}
      </Link>
    </div>
  )
}
