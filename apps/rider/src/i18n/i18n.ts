import type { ErrorsMessages, RiderMessages, RiderPagesMessages, Translate } from '@kickstand/i18n'
import { useTexts } from '@kickstand/i18n/react'

/** Turns the ids of the first screen into texts. */
export type Text = Translate<RiderMessages>
/** Turns the ids of what is loaded after the first screen into texts. */
export type PageText = Translate<RiderPagesMessages>

/** The texts of the first screen (`t`) and the formats of the page's language. */
export function useI18n() {
  return useTexts<RiderMessages>()
}

/** The texts of pages and forms. Only for components that are rendered after `loadPageTexts`. */
export function usePageText(): PageText {
  return useTexts<RiderPagesMessages>().t
}

/** The texts of rejected requests. Call its `t` only after `loadPageTexts`. */
export function useErrorText() {
  return useTexts<ErrorsMessages>()
}
