import { createTranslate, localeOf, type MailMessages, type Translate } from '@kickstand/i18n'
import { compileCatalogue } from '@kickstand/i18n/compile'
import german from '@kickstand/i18n/locales/de/mail.json' with { type: 'json' }
import english from '@kickstand/i18n/locales/en/mail.json' with { type: 'json' }

const CATALOGUES = { en: english, de: german }
export type MailLanguage = keyof typeof CATALOGUES
const translators = new Map<MailLanguage, Translate<MailMessages>>()

/** The language of a mail to a person who prefers `wanted`; English if there are no texts in that language. */
export function mailLanguage(wanted: string): MailLanguage {
  return wanted === 'de' ? 'de' : 'en'
}

/** The texts of mails in a language, compiled at first use. */
export function mailTexts(language: MailLanguage): Translate<MailMessages> {
  const known = translators.get(language)
  if (known !== undefined) return known
  const { messages } = compileCatalogue(CATALOGUES[language], language)
  const translate = createTranslate(messages, language, localeOf(language, [])) as Translate<MailMessages>
  translators.set(language, translate)
  return translate
}
