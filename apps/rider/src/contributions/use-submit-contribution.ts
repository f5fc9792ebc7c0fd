import { useToasts } from '@kickstand/ui'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { submit, undoSubmission } from './contribution-outbox.ts'
import { submissionText, type Submission } from './contribution.ts'

const UNDO_MS = 5_000

/** Submits a contribution and shows a toast with an undo button. */
export function useSubmitContribution(): (submission: Submission) => void {
  const { t } = useI18n()
  const p = usePageText()
  const { show } = useToasts()
  return (submission) => {
    const key = submit(submission)
    show({
      text: p('change.thanks', { what: submissionText(submission, { t, p }) }),
      action: { label: t('report.undo'), run: () => undoSubmission(key) },
      durationMs: UNDO_MS,
    })
  }
}
