import { Button, Dialog } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { CopyBox } from './copy-box.tsx'
import { Time } from './time.tsx'

type Props = {
  readonly title: string
  readonly link: string
  readonly expiresAt: string
  readonly onClose: () => void
}

/** Shows a new one-time link. The server shows it only here. */
export function NewLinkDialog({ title, link, expiresAt, onClose }: Props) {
  const { t } = useI18n()
  return (
    <Dialog title={title} closeLabel={t('console.close')} onClose={onClose}>
      <p>{t('people.linkOnce')}</p>
      <CopyBox label={t('people.link')} text={link} />
      <p className="text-ink-soft">
        {t('people.linkUntil')} <Time at={expiresAt} />
      </p>
      <Button variant="primary" onClick={onClose}>
        {t('console.done')}
      </Button>
    </Dialog>
  )
}
