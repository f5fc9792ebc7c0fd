import { buttonClass } from '@kickstand/ui'
import { texts } from '#texts.ts'
import { useTitle } from './use-title.ts'

/** What the console is for. */
export function StartPage() {
  useTitle(null)
  return (
    <div className="grid justify-items-start gap-3">
      <h2 className="sr-only">{texts.console}</h2>
      <p className="text-lg">{texts.purpose}</p>
      <p className="text-ink-soft">{texts.signInLater}</p>
      {/* Another app, so no link of the router. */}
      <a href="/" className={`${buttonClass('primary')} mt-2`}>
        {texts.toMap}
      </a>
    </div>
  )
}
