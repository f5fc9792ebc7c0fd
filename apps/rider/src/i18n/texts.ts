import { chooseLanguage, createTexts, LANGUAGES, type Language } from '@kickstand/i18n'
import errors from 'virtual:texts/errors'
import rider from 'virtual:texts/rider'
import pages from 'virtual:texts/rider-pages'
import { storage } from '#api/safe-storage.ts'

const STORED_AS = 'kickstand.language'

/** The texts of the page: `rider` for the first screen, the others for what is loaded after it. */
export const texts = createTexts(
  { rider, pages, errors },
  chooseLanguage(storage.getItem(STORED_AS), navigator.languages),
  (language) => {
    document.documentElement.lang = language
    document.documentElement.dir = LANGUAGES[language].dir
  },
)

/** Resolves when the texts of the first screen are loaded. */
export const firstTexts: Promise<void> = texts.load('rider')

/** Loads the texts of pages and forms. Await it before they are rendered. */
export function loadPageTexts(): Promise<void> {
  return texts.load('pages', 'errors')
}

/** Shows another language and remembers it, unless another is chosen meanwhile. Rejects if it cannot be loaded. */
export async function changeLanguage(language: Language): Promise<void> {
  if (await texts.change(language)) storage.setItem(STORED_AS, language)
}
