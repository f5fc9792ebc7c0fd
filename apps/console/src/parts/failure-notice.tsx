import { failureOf } from '@kickstand/client'
import { Notice } from '@kickstand/ui'
import { PasskeyError } from '#api/passkeys.ts'
import { useI18n } from '#i18n/i18n.ts'
import { isMember, problemText, requestOf } from '#i18n/problem-text.ts'

/** Shows why something failed. Renders nothing if `error` is null. */
export function FailureNotice({ error }: { readonly error: Error | null }) {
  const { t } = useI18n()
  if (error === null) return null
  const failure = error instanceof PasskeyError ? null : failureOf(error)
  const details =
    failure?.kind === 'rejected' && failure.problem.code === 'invalid-request' && !isMember(error)
      ? failure.problem
      : null
  const request = error instanceof PasskeyError ? null : requestOf(error)
  return (
    <Notice tone="problem" announced>
      <p className="font-bold">{problemText(error, t)}</p>
      {details !== null && (
        <p lang="en" className="text-ink-soft">
          {details.detail}
        </p>
      )}
      {request !== null && <p className="text-ink-soft">{t('problem.request', { request })}</p>}
    </Notice>
  )
}
