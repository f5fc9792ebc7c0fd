import { useToasts } from '@kickstand/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useErrorText, useI18n, usePageText } from '#i18n/i18n.ts'
import { MY_CONTRIBUTIONS_KEY } from '#api/contribution-queries.ts'
import { KEYS } from '#api/queries.ts'
import { problemText } from '#i18n/problem-words.ts'
import {
  contributionOutbox,
  isWatched,
  onSubmissionEvents,
  submissionOf,
  undoSubmission,
} from './contribution-outbox.ts'
import { submissionText } from './contribution.ts'

const UNDO_MS = 5_000

type Props = {
  readonly connected: boolean
  /** Opens the form, filled with the rejected place. */
  readonly onCorrect: () => void
}

/** Sends the contributions in the outbox and shows the results as toasts. Renders nothing. */
export function ContributionSender({ connected, onCorrect }: Props) {
  const { t } = useI18n()
  const p = usePageText()
  const errorText = useErrorText()
  const { show } = useToasts()
  const client = useQueryClient()
  useEffect(
    () =>
      onSubmissionEvents((event) => {
        const submission = submissionOf(event.key)
        const what = submission === null ? '' : submissionText(submission, { t, p })
        if (event.type === 'kept' && !event.undo) {
          show({
            text: t('report.kept', { what }),
            action: { label: t('report.undo'), run: () => undoSubmission(event.key) },
            durationMs: UNDO_MS,
          })
          return
        }
        if (event.type === 'delivered' && event.late) show({ text: p('change.sentLate') })
        if (event.type === 'undone') show({ text: p('change.undone') })
        if (event.type === 'rejected') {
          const why = problemText(event.failure, errorText)
          if (submission?.kind !== 'zone') show({ text: p('change.rejected', { why }), durationMs: 8_000 })
          else if (!isWatched(event.key)) {
            show({
              text: p('place.notAddedWhy', { why }),
              action: { label: p('place.correct'), run: onCorrect },
              durationMs: 8_000,
            })
          }
        }
        for (const key of [[MY_CONTRIBUTIONS_KEY], [KEYS.zone, submission?.zoneId]])
          void client.invalidateQueries({ queryKey: key })
      }),
    [client, show, t, p, errorText, onCorrect],
  )
  useEffect(() => {
    const flush = () => void contributionOutbox.flush(true)
    flush()
    window.addEventListener('online', flush)
    return () => window.removeEventListener('online', flush)
  }, [])
  useEffect(() => {
    if (connected) void contributionOutbox.flush(true)
  }, [connected])
  return null
}
