import { Button, Icon, useTheme } from '@kickstand/ui'
import { useId, useState } from 'react'
import { storage } from '#api/storage.ts'
import { useI18n } from '#i18n/i18n.ts'
import { changeLanguage, CONSOLE_LANGUAGES, isConsoleLanguage } from '#i18n/texts.ts'

/** A button that switches between the light and the dark look. */
export function ThemeButton() {
  const { t } = useI18n()
  const { theme, toggle } = useTheme(storage)
  const label = t(theme === 'dark' ? 'console.toLight' : 'console.toDark')
  return (
    <Button className="px-2.5" aria-label={label} title={label} onClick={toggle}>
      <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
    </Button>
  )
}

/** Chooses the language before sign-in. Each language has its own name. */
export function LanguageChoice() {
  const { t, language } = useI18n()
  const id = useId()
  const [failed, setFailed] = useState(false)
  return (
    <p className="flex flex-wrap items-center gap-2">
      <label htmlFor={id}>{t('console.language')}</label>
      <select
        id={id}
        value={language}
        className="min-h-11 rounded-plate border-[1.5px] border-edge bg-surface px-2 text-base"
        onChange={({ target }) => {
          setFailed(false)
          if (isConsoleLanguage(target.value)) changeLanguage(target.value).catch(() => setFailed(true))
        }}
      >
        {Object.entries(CONSOLE_LANGUAGES).map(([code, own]) => (
          <option key={code} value={code} lang={code}>
            {own}
          </option>
        ))}
      </select>
      <span role="status">{failed && t('problem.unreachable')}</span>
    </p>
  )
}
