export type Direction = 'ltr' | 'rtl'

/** The languages of the riders' page: each by its own name, with the direction of its script. */
export const LANGUAGES = {
  en: { name: 'English', dir: 'ltr' },
  de: { name: 'Deutsch', dir: 'ltr' },
  ar: { name: 'العربية', dir: 'rtl' },
} as const satisfies Record<string, { readonly name: string; readonly dir: Direction }>

export type Language = keyof typeof LANGUAGES

const ALL_LANGUAGES = Object.keys(LANGUAGES) as Language[]

/** The language of a tag such as `de-AT`; null if the page has no such language. */
export function parseLanguage(tag: string | null): Language | null {
  const code = tag?.split('-')[0]?.toLowerCase() ?? ''
  return Object.hasOwn(LANGUAGES, code) ? (code as Language) : null
}

/** The stored choice if there is one, else the first preferred language of those that the app has, else English. */
export function chooseLanguage(
  stored: string | null,
  preferred: readonly string[],
  languages: readonly Language[] = ALL_LANGUAGES,
): Language {
  const wanted = [stored, ...preferred].map(parseLanguage)
  return wanted.find((language) => language !== null && languages.includes(language)) ?? 'en'
}

/** The locale for numbers and dates: the rider's regional variant of the language (`en-GB`), else the language. */
export function localeOf(language: Language, preferred: readonly string[]): string {
  return preferred.find((tag) => parseLanguage(tag) === language && isLocale(tag)) ?? language
}

/** False for tags that `Intl` rejects, such as `en-US@posix` of a browser under a POSIX locale. */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}
