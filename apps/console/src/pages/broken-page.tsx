import { Button, Message } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'

/** Shown instead of a page that crashed. */
export function BrokenPage() {
  const { t } = useI18n()
  return (
    <div role="alert">
      <Message title={t('console.brokenTitle')} text={t('console.brokenText')}>
        <Button variant="primary" onClick={() => location.reload()}>
          {t('console.reload')}
        </Button>
      </Message>
    </div>
  )
}
