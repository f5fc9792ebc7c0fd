import { useI18n } from '../i18n/i18n.tsx'
import { Button } from '../ui/button.tsx'
import { Message } from './message.tsx'

/** What is shown in the place of a part that failed. The outbox lies in the browser's storage and is not touched. */
export function BrokenPage() {
  const { t } = useI18n()
  return (
    <div role="alert" className="p-3">
      <Message title={t.brokenTitle} text={t.brokenText}>
        <Button look="primary" onClick={() => location.reload()}>
          {t.reload}
        </Button>
      </Message>
    </div>
  )
}
