import { LANGUAGES, parseLanguage } from '@kickstand/i18n'
import { useId, useState } from 'react'
import { useI18n, usePageText } from './i18n.ts'
import { changeLanguage } from './texts.ts'

/** Chooses the language of the page. The languages have their own names, so that riders find theirs in any other. */
export function LanguageChoice({ className }: { className: string }) {
  const { t, language } = useI18n()
  const p = usePageText()
  const [failed, setFailed] = useState(false)
  const id = useId()
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
      <label htmlFor={id}>{p('app.language')}</label>
      <select
        id={id}
        value={language}
        className={className}
        onChange={({ target }) => {
          setFailed(false)
          changeLanguage(parseLanguage(target.value) ?? language).catch(() => setFailed(true))
        }}
      >
        {Object.entries(LANGUAGES).map(([code, { name, dir }]) => (
          <option key={code} value={code} lang={code} dir={dir}>
            {name}
          </option>
        ))}
      </select>
      <p role="status" className={failed ? 'basis-full text-ink-soft' : 'sr-only'}>
        {failed && t('error.connection')}
      </p>
    </div>
  )
}
