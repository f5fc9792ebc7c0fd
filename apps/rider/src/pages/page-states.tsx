import { Message } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'

/** Shown while a chunk is loading. */
export function PagePlaceholder() {
  return <div aria-hidden="true" className="h-44 rounded-lg bg-raised" />
}

/** Shown if the chunk of a part cannot be loaded, or if the part crashes. */
export function LoadingFailed() {
  const { t } = useI18n()
  return <Message title={t('error.details')} />
}
