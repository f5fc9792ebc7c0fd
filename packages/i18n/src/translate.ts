import { LANGUAGES, type Language } from './languages.ts'
import { renderMessage, type Messages, type Params, type Writing } from './message.ts'

/** The arguments of each message id besides the id. */
export type MessageArguments = Readonly<Record<string, readonly [] | readonly [Params]>>

/** The text of an id of `M`. A missing or unknown parameter does not compile. */
export type Translate<M extends MessageArguments> = <Id extends keyof M & string>(id: Id, ...params: M[Id]) => string

const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/

/**
 * The function that turns ids into texts. `messages` is read at each call, so catalogues may be added to it. An id without
 * a message is its own text.
 */
export function createTranslate(
  messages: Messages,
  language: Language,
  locale: string,
): (id: string, params?: Params) => string {
  const plurals = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const isRightToLeft = LANGUAGES[language].dir === 'rtl'
  const writing: Writing = {
    pluralOf: (value) => plurals.select(value),
    number: (value) => numbers.format(value),
    // FIRST STRONG ISOLATE and its end. In a left-to-right language only right-to-left text needs them.
    isolate: (text) => (isRightToLeft || RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text),
  }
  return (id, params = {}) => renderMessage(messages[id] ?? id, params, writing)
}
