import type { OneTimeLinkBody } from '@kickstand/contract'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { isRejection } from '#api/step-up.ts'
import { FailureNotice } from '#parts/failure-notice.tsx'
import { Waiting } from '#parts/waiting.tsx'
import { linkQuery } from './link-query.ts'
import { UnusableLink } from './unusable-link.tsx'

type Props = {
  readonly secret: string
  readonly purpose: OneTimeLinkBody['purpose']
  readonly children: (link: OneTimeLinkBody) => ReactNode
}

/** Reads a one-time link, and explains what to do if it is missing, used, expired, or for another page. */
export function LinkState({ secret, purpose, children }: Props) {
  const { data: link, error } = useQuery(linkQuery(secret))
  const isUnusable =
    secret === '' ||
    isRejection(error, 'link-not-usable') ||
    isRejection(error, 'invalid-request') ||
    (link !== undefined && link.purpose !== purpose)
  if (isUnusable) return <UnusableLink purpose={purpose} />
  if (error !== null) return <FailureNotice error={error} />
  return link === undefined ? <Waiting /> : children(link)
}
