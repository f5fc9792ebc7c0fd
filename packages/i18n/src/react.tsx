import { createContext, use, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { makeFormat, type Format } from './format.ts'
import { LANGUAGES, localeOf, type Direction, type Language } from './languages.ts'
import type { Texts } from './texts.ts'
import { createTranslate, type MessageArguments, type Translate } from './translate.ts'

type I18n = {
  readonly language: Language
  readonly dir: Direction
  /** Of ids that `useTexts` states. */
  readonly t: (id: never, ...params: never) => string
  readonly format: Format
}

const I18nContext = createContext<I18n | null>(null)

type Props = {
  readonly texts: Pick<Texts<never>, 'state' | 'subscribe'>
  /** The rider's languages, most preferred first (`navigator.languages`). They decide the formats of numbers and dates. */
  readonly preferred: readonly string[]
  readonly children: ReactNode
}

/** Gives the components below it the texts and formats of the language that the rider chose. */
export function I18nProvider({ texts, preferred, children }: Props) {
  const { language, messages } = useSyncExternalStore(texts.subscribe, texts.state)
  const value = useMemo<I18n>(() => {
    const locale = localeOf(language, preferred)
    return {
      language,
      dir: LANGUAGES[language].dir,
      t: createTranslate(messages, language, locale),
      format: makeFormat(locale),
    }
  }, [language, messages, preferred])
  return <I18nContext value={value}>{children}</I18nContext>
}

type TypedI18n<M extends MessageArguments> = Omit<I18n, 't'> & { readonly t: Translate<M> }

/** The formats of the page's language, and `t`, which turns the ids of `M` into texts. Throws outside a provider. */
export function useTexts<M extends MessageArguments>(): TypedI18n<M> {
  const i18n = use(I18nContext)
  if (!i18n) throw new Error('useTexts: render this component inside <I18nProvider>.')
  return i18n as TypedI18n<M>
}
