import { chooseLanguage, createTexts, type Language } from '@kickstand/i18n'
import consoleTexts from 'virtual:texts/console'
import { storage } from '#api/storage.ts'

const STORED_AS = 'kickstand.console-language'

/** The languages of the console, each by its own name. */
export const CONSOLE_LANGUAGES = { en: 'English', de: 'Deutsch' } as const satisfies Partial<Record<Language, string>>
export type ConsoleLanguage = keyof typeof CONSOLE_LANGUAGES

/** The texts of the console, in the language that was last chosen here, or in that of the browser. */
export const texts = createTexts(
  { console: consoleTexts },
  chooseLanguage(storage.getItem(STORED_AS), navigator.languages, ['en', 'de']),
  (language) => {
    document.documentElement.lang = language
  },
)

export function isConsoleLanguage(text: string): text is ConsoleLanguage {
  return Object.hasOwn(CONSOLE_LANGUAGES, text)
}

/** Shows another language and remembers it on this device. Rejects if it cannot be loaded. */
export async function changeLanguage(language: ConsoleLanguage): Promise<void> {
  if (await texts.change(language)) storage.setItem(STORED_AS, language)
}
