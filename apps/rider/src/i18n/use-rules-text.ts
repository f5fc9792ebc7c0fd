import { enRules, type RulesMessages } from './en-rules.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, RulesMessages>> = { en: enRules }

/** The texts of a zone's rules in the page's language. */
export function useRulesText(): RulesMessages {
  return CATALOGUES[useI18n().t.locale] ?? enRules
}
