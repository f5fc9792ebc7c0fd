import {
  createTranslate,
  localeOf,
  parseLanguage,
  type Language,
  type RiderNotificationsMessages,
  type StaffNotificationsMessages,
  type Translate,
} from '@kickstand/i18n'
import { compileCatalogue, type CatalogueFile } from '@kickstand/i18n/compile'
import arabicRider from '@kickstand/i18n/locales/ar/rider-notifications.json' with { type: 'json' }
import germanRider from '@kickstand/i18n/locales/de/rider-notifications.json' with { type: 'json' }
import germanStaff from '@kickstand/i18n/locales/de/staff-notifications.json' with { type: 'json' }
import englishRider from '@kickstand/i18n/locales/en/rider-notifications.json' with { type: 'json' }
import englishStaff from '@kickstand/i18n/locales/en/staff-notifications.json' with { type: 'json' }

type Catalogues = Readonly<Partial<Record<Language, CatalogueFile>>>

const RIDER: Catalogues = { en: englishRider, de: germanRider, ar: arabicRider }
const STAFF: Catalogues = { en: englishStaff, de: germanStaff }

/** The texts of a language, compiled at first use. */
function createTexts(catalogues: Catalogues): (language: Language) => ReturnType<typeof createTranslate> {
  const compiled = new Map<Language, ReturnType<typeof createTranslate>>()
  return (language) => {
    const known = compiled.get(language)
    if (known !== undefined) return known
    const { messages } = compileCatalogue(catalogues[language] ?? {}, language)
    const translate = createTranslate(messages, language, localeOf(language, []))
    compiled.set(language, translate)
    return translate
  }
}

const riderTexts = createTexts(RIDER)
const staffTexts = createTexts(STAFF)

/** The language of notifications to a person who prefers the language of a tag such as `de-AT`; otherwise English. */
export function notificationLanguage(audience: 'rider' | 'account', tag: string): Language {
  const language = parseLanguage(tag) ?? 'en'
  return (audience === 'rider' ? RIDER : STAFF)[language] === undefined ? 'en' : language
}

export function riderNotificationTexts(language: Language): Translate<RiderNotificationsMessages> {
  return riderTexts(language)
}

export function staffNotificationTexts(language: Language): Translate<StaffNotificationsMessages> {
  return staffTexts(language)
}
