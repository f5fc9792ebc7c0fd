import { buttonClass, Message } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Allowed } from '#api/use-permission.ts'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '#paths.ts'

type Props = { readonly allowed: Allowed; readonly children: ReactNode }

/** A page or tab that needs a permission. Without it, says why and where to go, and requests nothing. */
export function Gate({ allowed, children }: Props) {
  const { t } = useI18n()
  if (allowed.isAllowed) return children
  if (allowed.permission === 'second-factor') {
    return (
      <Message title={t('console.pageNeedsFactor')} text={t('console.pageNeedsFactorText')}>
        <Link to={pages.account} className={buttonClass('primary')}>
          {t('console.toAccount')}
        </Link>
      </Message>
    )
  }
  return (
    <Message title={t('console.pageNotYours')} text={t('console.pageNotYoursText')}>
      <Link to={pages.start} className={buttonClass('primary')}>
        {t('console.toStart')}
      </Link>
    </Message>
  )
}
