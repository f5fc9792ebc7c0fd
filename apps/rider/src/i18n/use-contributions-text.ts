import { enContributions, type ContributionsMessages } from './en-contributions.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, ContributionsMessages>> = { en: enContributions }

/** The texts of contributions in the page's language. */
export function useContributionsText(): ContributionsMessages {
  return CATALOGUES[useI18n().t.locale] ?? enContributions
}
