import { enFacts, type FactsMessages } from './en-facts.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, FactsMessages>> = { en: enFacts }

/** The sentences of what riders say of places in the page's language. */
export function useFactsText(): FactsMessages {
  return CATALOGUES[useI18n().t.locale] ?? enFacts
}
