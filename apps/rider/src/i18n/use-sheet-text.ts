import { enSheet, type SheetMessages } from './en-sheet.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, SheetMessages>> = { en: enSheet }

/** The texts of the lower part of the zone sheet in the page's language. */
export function useSheetText(): SheetMessages {
  return CATALOGUES[useI18n().t.locale] ?? enSheet
}
