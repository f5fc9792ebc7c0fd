import { enDay, type DayMessages } from './en-day.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, DayMessages>> = { en: enDay }

/** The texts of the 24-hour forecast in the page's language. */
export function useDayText(): DayMessages {
  return CATALOGUES[useI18n().t.locale] ?? enDay
}
