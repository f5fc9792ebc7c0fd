import { createContext, use, useMemo, type ReactNode } from 'react'
import { en, type Messages } from './en.ts'
import { makeFormat, type Format } from './format.ts'

type I18n = { readonly t: Messages; readonly format: Format }

const CATALOGUES: readonly Messages[] = [en]

/** The catalogue of the first language that has one; English if none has. */
export function pickCatalogue(languages: readonly string[]): Messages {
  for (const language of languages) {
    const found = CATALOGUES.find((catalogue) => catalogue.locale === language.split('-')[0])
    if (found) return found
  }
  return en
}

/** The locale for numbers and dates: the rider's regional variant of the catalogue's language (en-GB, en-IN). */
function regionOf(catalogue: Messages, languages: readonly string[]): string {
  return languages.find((language) => language.split('-')[0] === catalogue.locale) ?? catalogue.locale
}

const I18nContext = createContext<I18n>({ t: en, format: makeFormat('en') })

export function I18nProvider({ languages, children }: { languages: readonly string[]; children: ReactNode }) {
  const value = useMemo(() => {
    const t = pickCatalogue(languages)
    return { t, format: makeFormat(regionOf(t, languages)) }
  }, [languages])
  return <I18nContext value={value}>{children}</I18nContext>
}

/** The texts (`t`) and the number formats of the page's language. */
export function useI18n(): I18n {
  return use(I18nContext)
}
