import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { MY_FACTS } from '#api/contribution-queries.ts'
import { KEYS } from '#api/queries.ts'
import { problemText } from '#i18n/problem-words.ts'
import { useI18n } from '#i18n/i18n.tsx'
import { useContributionsText } from '#i18n/use-contributions-text.ts'
import { useToasts } from '#ui/toast.tsx'
import { contributionOutbox, isWatched, onContributions, saidUnder, takeBack } from './contribution-outbox.ts'
import { saidText } from './contribution.ts'

const UNDO_MS = 5_000

type Props = {
  readonly connected: boolean
  /** Opens the form with the rejected place. */
  readonly onCorrect: () => void
}

/** Sends what waits, and says what became of it. Draws nothing. */
export function ContributionSender({ connected, onCorrect }: Props) {
  const { t, format } = useI18n()
  const text = useContributionsText()
  const { show } = useToasts()
  const client = useQueryClient()
  useEffect(
    () =>
      onContributions((event) => {
        const said = saidUnder(event.key)
        const what = said === null ? '' : saidText(said, { t, text })
        if (event.type === 'kept' && !event.undo) {
          show({ text: text.kept(what), action: { label: t.undo, run: () => takeBack(event.key) }, lasts: UNDO_MS })
          return
        }
        if (event.type === 'delivered' && event.late) show({ text: text.sentLate })
        if (event.type === 'undone') show({ text: text.undone })
        if (event.type === 'refused') {
          const why = problemText(event.failure, t.locale, format)
          if (said?.kind !== 'zone') show({ text: text.refused(why), lasts: 8_000 })
          else if (!isWatched(event.key)) {
            show({
              text: `${text.notAdded}. ${why}`,
              action: { label: text.correct, run: onCorrect },
              lasts: 8_000,
            })
          }
        }
        for (const key of [[MY_FACTS], [KEYS.zone, said?.zoneId]]) void client.invalidateQueries({ queryKey: key })
      }),
    [client, show, t, text, format, onCorrect],
  )
  useEffect(() => {
    const online = () => void contributionOutbox.flush(true)
    online()
    window.addEventListener('online', online)
    return () => window.removeEventListener('online', online)
  }, [])
  useEffect(() => {
    if (connected) void contributionOutbox.flush(true)
  }, [connected])
  return null
}
