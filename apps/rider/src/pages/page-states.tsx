import { Message } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.tsx'

/** Shown while a page's chunk is loading. */
export function PagePlaceholder() {
  return <div aria-hidden="true" className="h-44 rounded-lg bg-raised" />
}

/** Shown if the chunk of the zone page cannot be loaded, or if the page crashes. */
export function ZonePageFailed() {
  const { t } = useI18n()
  return <Message title={t.sheetFailed} />
}
