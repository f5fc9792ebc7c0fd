import { chooseLanguage, createTexts } from '@kickstand/i18n'
import consoleTexts from 'virtual:texts/console'

/** The texts of the console, in the browser’s language if the console has it. */
export const texts = createTexts(
  { console: consoleTexts },
  chooseLanguage(null, navigator.languages, ['en', 'de']),
  (language) => {
    document.documentElement.lang = language
  },
)
