import { Notice } from '@kickstand/ui'
import { useEffect, useRef } from 'react'
import { PasskeyError } from '#api/passkeys.ts'
import { otherFieldTexts } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { problemText, requestOf } from '#i18n/problem-text.ts'

type Props = {
  readonly error: Error | null
  /** Fields of the input whose rejection the form shows at the field. */
  readonly shownFields?: readonly string[]
}

/**
 * Shows why something failed. Renders nothing if `error` is null. In a form or a dialog it moves the focus to the field that
 * was rejected, or to itself, so that the reason is in view and the next key press continues from there.
 */
export function FailureNotice({ error, shownFields = [] }: Props) {
  const { t } = useI18n()
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const form = error === null ? null : notice.current?.closest<HTMLElement>('form, dialog')
    const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
    if (!form) return
    const heir = field ?? notice.current
    heir?.focus()
    // The way to try again, where there is room for both.
    form.querySelector('[type="submit"]')?.scrollIntoView({ block: 'nearest' })
    heir?.scrollIntoView({ block: 'nearest' })
  }, [error])
  if (error === null) return null
  const request = error instanceof PasskeyError ? null : requestOf(error)
  return (
    <div ref={notice} tabIndex={-1} className="w-full">
      <Notice tone="problem" announced>
        <p className="font-bold">{problemText(error, t)}</p>
        {otherFieldTexts(error, shownFields, t).map((text) => (
          <p key={text}>{text}</p>
        ))}
        {request !== null && <p className="text-ink-soft">{t('problem.request', { request })}</p>}
      </Notice>
    </div>
  )
}
