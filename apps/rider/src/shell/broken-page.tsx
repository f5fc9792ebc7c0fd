import { Button, Message } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'

/** Shown instead of a page that crashed. The outbox in the browser's storage is not affected. */
export function BrokenPage() {
  const { t } = useI18n()
  return (
    <div role="alert" className="p-3">
      <Message title={t('error.brokenTitle')} text={t('error.brokenText')}>
        <Button variant="primary" onClick={() => location.reload()}>
          {t('error.reload')}
        </Button>
      </Message>
    </div>
  )
}
