import { failureOf } from '@kickstand/client'
import { Notice } from '@kickstand/ui'
import { useEffect, useRef } from 'react'
import { PasskeyError } from '#api/passkeys.ts'
import { useI18n } from '#i18n/i18n.ts'
import { isMember, problemText, requestOf } from '#i18n/problem-text.ts'

/**
 * Shows why something failed. Renders nothing if `error` is null. In a form or a dialog it moves the focus to the field that
 * was rejected, or to itself, so that the reason is in view and the next key press continues from there.
 */
export function FailureNotice({ error }: { readonly error: Error | null }) {
  const { t } = useI18n()
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const form = error === null ? null : notice.current?.closest<HTMLElement>('form, dialog')
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (form) (field ?? notice.current)?.focus()
  }, [error])
  if (error === null) return null
  const failure = error instanceof PasskeyError ? null : failureOf(error)
  const details =
    failure?.kind === 'rejected' && failure.problem.code === 'invalid-request' && !isMember(error)
      ? failure.problem
      : null
  const request = error instanceof PasskeyError ? null : requestOf(error)
  return (
    <div ref={notice} tabIndex={-1} className="w-full">
      <Notice tone="problem" announced>
        <p className="font-bold">{problemText(error, t)}</p>
        {details !== null && (
          <p lang="en" className="text-ink-soft">
            {details.detail}
          </p>
        )}
        {request !== null && <p className="text-ink-soft">{t('problem.request', { request })}</p>}
      </Notice>
    </div>
  )
}
