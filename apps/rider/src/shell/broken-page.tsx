import { Button, Message } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.tsx'

/** Shown instead of a page that crashed. The outbox in the browser's storage is not affected. */
export function BrokenPage() {
  const { t } = useI18n()
  return (
    <div role="alert" className="p-3">
      <Message title={t.brokenTitle} text={t.brokenText}>
        <Button variant="primary" onClick={() => location.reload()}>
          {t.reload}
        </Button>
      </Message>
    </div>
  )
}
