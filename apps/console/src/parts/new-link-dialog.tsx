import { Button, Dialog } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.ts'
import { CopyBox } from './copy-box.tsx'
import { Time } from './time.tsx'

type Props = {
  readonly title: string
  /** The address of the person, to which the server sends the link too. */
  readonly email: string
  readonly link: string
  readonly expiresAt: string
  readonly onClose: () => void
}

/** Shows a new one-time link. The server shows it only here. */
export function NewLinkDialog({ title, email, link, expiresAt, onClose }: Props) {
  const { t } = useI18n()
  return (
    <Dialog title={title} closeLabel={t('console.close')} isKeptOpen onClose={onClose}>
      <p className="wrap-anywhere">{t('people.linkOnce', { email })}</p>
      <CopyBox label={t('people.link')} text={link} />
      <p className="text-ink-soft">
        {t('people.linkUntil')} <Time at={expiresAt} />
      </p>
      <Button variant="primary" onClick={onClose}>
        {t('console.stored')}
      </Button>
    </Dialog>
  )
}
