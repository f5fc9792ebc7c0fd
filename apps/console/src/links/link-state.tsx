import type { OneTimeLinkBody } from '@kickstand/contract'
import { Message } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isRejection } from '#api/step-up.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Waiting } from '#parts/waiting.tsx'
import { linkQuery } from './link-query.ts'

type Props = {
  readonly secret: string
  readonly purpose: OneTimeLinkBody['purpose']
  readonly children: (link: OneTimeLinkBody) => ReactNode
}

/** Reads a one-time link, and explains what to do if it is missing, used, expired, or for another page. */
export function LinkState({ secret, purpose, children }: Props) {
  const { t } = useI18n()
  const { data: link, error } = useQuery(linkQuery(secret))
  const isUnusable =
    secret === '' ||
    isRejection(error, 'link-not-usable') ||
    isRejection(error, 'invalid-request') ||
    (link !== undefined && link.purpose !== purpose)
  if (isUnusable) return <Message title={t('signIn.linkUnusable')} text={t(`signIn.linkUnusable.${purpose}`)} />
  if (error !== null) return <FailureNotice error={error} />
  return link === undefined ? <Waiting /> : children(link)
}
