import { useToasts } from '@kickstand/ui'
import { useI18n } from '#i18n/i18n.tsx'
import { useContributionsText } from '#i18n/use-contributions-text.ts'
import { submit, undoSubmission } from './contribution-outbox.ts'
import { submissionText, type Submission } from './contribution.ts'

const UNDO_MS = 5_000

/** Submits a contribution and shows a toast with an undo button. */
export function useSubmitContribution(): (submission: Submission) => void {
  const { t } = useI18n()
  const text = useContributionsText()
  const { show } = useToasts()
  return (submission) => {
    const key = submit(submission)
    show({
      text: text.thanks(submissionText(submission, { t, text })),
      action: { label: t.undo, run: () => undoSubmission(key) },
      durationMs: UNDO_MS,
    })
  }
}
