import type { ConsoleMessages } from '@kickstand/i18n'
import { useTexts } from '@kickstand/i18n/react'

/** The texts (`t`) and the formats of the console's language. */
export function useI18n() {
  return useTexts<ConsoleMessages>()
}
