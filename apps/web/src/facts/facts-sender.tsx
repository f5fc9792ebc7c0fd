import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { MY_FACTS } from '../api/fact-queries.ts'
import { KEYS } from '../api/queries.ts'
import { usePage } from '../app/page-context.ts'
import { problemText } from '../i18n/problem-words.ts'
import { useI18n } from '../i18n/i18n.tsx'
import { useFactsText } from '../i18n/use-facts-text.ts'
import { pages } from '../paths.ts'
import { useToasts } from '../ui/toast.tsx'
import { factsOutbox, isWatched, onFacts, saidUnder, takeBack } from './facts-outbox.ts'
import { saidText } from './said.ts'

const UNDO_MS = 5_000

/** Sends what waits, and says what became of it. Draws nothing. */
export function FactsSender({ connected }: { connected: boolean }) {
  const { t, format } = useI18n()
  const text = useFactsText()
  const { show } = useToasts()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { setPlacing } = usePage()
  const correct = useRef(() => {})
  useEffect(() => {
    correct.current = () => {
      void navigate({ to: pages.home, search: (before) => before })
      setPlacing(true)
    }
  }, [navigate, setPlacing])
  useEffect(
    () =>
      onFacts((event) => {
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
              action: { label: text.correct, run: () => correct.current() },
              lasts: 8_000,
            })
          }
        }
        for (const key of [[MY_FACTS], [KEYS.zone, said?.zoneId]]) void client.invalidateQueries({ queryKey: key })
      }),
    [client, show, t, text, format],
  )
  useEffect(() => {
    const online = () => void factsOutbox.flush(true)
    online()
    window.addEventListener('online', online)
    return () => window.removeEventListener('online', online)
  }, [])
  useEffect(() => {
    if (connected) void factsOutbox.flush(true)
  }, [connected])
  return null
}
