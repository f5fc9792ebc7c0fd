import { chooseLanguage, createTexts } from '@kickstand/i18n'
import console from 'virtual:texts/console'

/** The texts of the console. */
export const texts = createTexts({ console }, chooseLanguage(null, navigator.languages, ['en', 'de']), (language) => {
  document.documentElement.lang = language
})
