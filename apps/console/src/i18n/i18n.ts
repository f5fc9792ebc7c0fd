import type { ConsoleMessages } from '@kickstand/i18n'
import { useTexts } from '@kickstand/i18n/react'

/** The texts of the console (`t`), and formats for numbers and times in its language. */
export function useI18n() {
  return useTexts<ConsoleMessages>()
}
