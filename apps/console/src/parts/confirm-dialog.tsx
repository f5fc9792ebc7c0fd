import { Button, Dialog, Field } from '@kickstand/ui'
import { useState, type ReactNode } from 'react'
import { fieldText } from '#i18n/field-text.ts'
import { useI18n } from '#i18n/i18n.ts'
import { FailureNotice } from './failure-notice.tsx'

type Props = {
  readonly title: string
  /** Explains what will happen. */
  readonly children?: ReactNode
  readonly confirmLabel: string
  readonly needsReason?: boolean
  readonly isRunning: boolean
  readonly error: Error | null
  /** `reason` is empty if the dialog does not ask for one. */
  readonly onConfirm: (reason: string) => void
  readonly onClose: () => void
}

const MAX_REASON = 500

/** Asks before a change that cannot be undone, or that needs a reason for the audit log. */
export function ConfirmDialog({
  title,
  children,
  confirmLabel,
  needsReason = false,
  isRunning,
  error,
  onConfirm,
  onClose,
}: Props) {
  const { t } = useI18n()
  const [reason, setReason] = useState('')
  return (
    <Dialog title={title} closeLabel={t('console.close')} onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onConfirm(reason.trim())
        }}
      >
        {children}
        {needsReason && (
          <Field label={t('people.reason')} hint={t('people.reasonHint')} error={fieldText(error, 'reason', t)}>
            {(control) => (
              <textarea
                {...control}
                rows={2}
                required
                maxLength={MAX_REASON}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            )}
          </Field>
        )}
        <FailureNotice error={error} shownFields={['reason']} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{t('console.cancel')}</Button>
          <Button type="submit" variant="primary" isRunning={isRunning}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
