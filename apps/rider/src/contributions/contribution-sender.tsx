import { useToasts } from '@kickstand/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { MY_CONTRIBUTIONS_KEY } from '#api/contribution-queries.ts'
import { KEYS } from '#api/queries.ts'
import { problemText } from '#i18n/problem-words.ts'
import { useI18n } from '#i18n/i18n.tsx'
import { useContributionsText } from '#i18n/use-contributions-text.ts'
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
  const { t, format } = useI18n()
  const text = useContributionsText()
  const { show } = useToasts()
  const client = useQueryClient()
  useEffect(
    () =>
      onSubmissionEvents((event) => {
        const submission = submissionOf(event.key)
        const what = submission === null ? '' : submissionText(submission, { t, text })
        if (event.type === 'kept' && !event.undo) {
          show({
            text: text.kept(what),
            action: { label: t.undo, run: () => undoSubmission(event.key) },
            durationMs: UNDO_MS,
          })
          return
        }
        if (event.type === 'delivered' && event.late) show({ text: text.sentLate })
        if (event.type === 'undone') show({ text: text.undone })
        if (event.type === 'rejected') {
          const why = problemText(event.failure, t.locale, format)
          if (submission?.kind !== 'zone') show({ text: text.rejected(why), durationMs: 8_000 })
          else if (!isWatched(event.key)) {
            show({
              text: `${text.notAdded}. ${why}`,
              action: { label: text.correct, run: onCorrect },
              durationMs: 8_000,
            })
          }
        }
        for (const key of [[MY_CONTRIBUTIONS_KEY], [KEYS.zone, submission?.zoneId]])
          void client.invalidateQueries({ queryKey: key })
      }),
    [client, show, t, text, format, onCorrect],
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
