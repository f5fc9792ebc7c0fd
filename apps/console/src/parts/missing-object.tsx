import { failureOf } from '@kickstand/client'
import { buttonClass } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import { useI18n } from '#i18n/i18n.ts'
import type { pages } from '#paths.ts'
import { FailureNotice } from './failure-notice.tsx'

type Props = { readonly error: Error; readonly list: typeof pages.accounts | typeof pages.organisations }

/** Whether an address names an object that does not exist. The server rejects an id of an impossible form as invalid. */
function isMissing(error: Error): boolean {
  const failure = failureOf(error)
  return failure.kind === 'rejected' && [400, 404].includes(failure.problem.status)
}

/** Shown instead of the page of an object that could not be read. */
export function MissingObject({ error, list }: Props) {
  const { t } = useI18n()
  if (!isMissing(error)) return <FailureNotice error={error} />
  return (
    <div className="grid justify-items-start gap-3">
      <h2 className="text-2xl">{t('console.notFoundTitle')}</h2>
      <p className="text-ink-soft">{t('console.notHereText')}</p>
      <Link to={list} className={buttonClass('primary')}>
        {t('console.toList')}
      </Link>
    </div>
  )
}
