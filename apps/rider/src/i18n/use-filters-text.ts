import { enFilters, type FiltersMessages } from './en-filters.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, FiltersMessages>> = { en: enFilters }

/** The texts of the filter panel in the page's language. */
export function useFiltersText(): FiltersMessages {
  return CATALOGUES[useI18n().t.locale] ?? enFilters
}
