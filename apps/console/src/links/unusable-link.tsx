import { buttonClass, Message } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '#paths.ts'

type Props = { readonly purpose: 'setup' | 'invitation' | 'recovery' | 'decline' }

/** Says that a one-time link cannot be used, and what to do. */
export function UnusableLink({ purpose }: Props) {
  const { t } = useI18n()
  return (
    <Message title={t('signIn.linkUnusable')} text={t(`signIn.linkUnusable.${purpose}`)}>
      <Link to={pages.start} className={buttonClass('plain')}>
        {t('signIn.title')}
      </Link>
    </Message>
  )
}
