import {
  createTranslate,
  makeFormat,
  type ErrorsMessages,
  type Language,
  type RiderMessages,
  type RiderPagesMessages,
  type Translate,
} from '@kickstand/i18n'
import errors from 'virtual:texts/errors'
import rider from 'virtual:texts/rider'
import pages from 'virtual:texts/rider-pages'

/** All texts of a language, for tests: `t`, `p` and `e` are the same function for different ids. */
export async function textsOf(language: Language, locale: string = language) {
  const loaded = await Promise.all([rider, pages, errors].map((catalogue) => catalogue(language)))
  const all = Object.assign({}, ...loaded.map((one) => one.default))
  const translate = createTranslate(all, language, locale)
  return {
    t: translate as Translate<RiderMessages>,
    p: translate as Translate<RiderPagesMessages>,
    e: translate as Translate<ErrorsMessages>,
    format: makeFormat(locale),
  }
}
