import { Button, Dialog } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { CopyBox } from '#parts/copy-box.tsx'

/** Shows a new token. The server shows it only here. */
export function NewToken({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  const { t } = useI18n()
  return (
    <Dialog title={t('tokens.created')} closeLabel={t('console.close')} isKeptOpen onClose={onClose}>
      <p>{t('tokens.once')}</p>
      <CopyBox label={t('tokens.token')} text={token} />
      <Button variant="primary" onClick={onClose}>
        {t('console.stored')}
      </Button>
    </Dialog>
  )
}
