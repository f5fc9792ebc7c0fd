import { enSheet, type SheetMessages } from './en-sheet.ts'
import { useI18n } from './i18n.tsx'

const CATALOGUES: Readonly<Record<string, SheetMessages>> = { en: enSheet }

/** The sentences of the lower part of a zone's sheet in the page's language. */
export function useSheetText(): SheetMessages {
  return CATALOGUES[useI18n().t.locale] ?? enSheet
}
