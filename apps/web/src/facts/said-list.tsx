import type { RiderFactBody } from '@kickstand/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { deleteFact } from '../api/facts.ts'
import { MY_FACTS, myFactsQuery } from '../api/fact-queries.ts'
import { useI18n } from '../i18n/i18n.tsx'
import { useFactsText } from '../i18n/use-facts-text.ts'
import { useToasts } from '../ui/toast.tsx'
import { Button } from '../ui/button.tsx'
import { useWaitingFacts } from './facts-outbox.ts'
import { factText, saidText } from './said.ts'

/** What this device said of a zone (of missing places, where none is named), and what became of it. */
export function SaidList({ zoneId }: { zoneId: string }) {
  const { t } = useI18n()
  const text = useFactsText()
  const { show } = useToasts()
  const client = useQueryClient()
  const waiting = useWaitingFacts().filter((item) => item.input.zoneId === zoneId && !item.undo && item.attempts > 0)
  const facts = useQuery(myFactsQuery()).data?.facts ?? []
  const mine = facts.filter((fact) => (zoneId === '' ? fact.field === 'exists' : fact.zoneId === zoneId))
  const unsaid = waiting.filter(({ input }) => input.kind !== 'fact' || input.body.value !== undefined)
  if (mine.length + unsaid.length === 0) return null

  async function takeBack(fact: RiderFactBody): Promise<void> {
    try {
      await deleteFact(fact.id)
      show({ text: text.undone })
    } catch {
      show({ text: text.undoFailed })
    }
    await client.invalidateQueries({ queryKey: [MY_FACTS] })
  }

  return (
    <div>
      <h3 className="mb-1 text-lg">{text.yours}</h3>
      <ul className="grid gap-1.5">
        {unsaid.map(({ key, input }) => (
          <li key={key} className="rounded-plate bg-tint px-3 py-1.5">
            <b>{saidText(input, { t, text })}</b> · {text.states.waiting}
          </li>
        ))}
        {mine.map((fact) => {
          const what = factText(fact.field, fact.mine ?? fact.value, { t, text })
          return (
            <li
              key={fact.id}
              className="flex flex-wrap items-center justify-between gap-x-3 rounded-plate bg-tint px-3 py-1.5"
            >
              <span className="flex-[1_1_10rem] wrap-anywhere">
                <b>{what}</b> · {stateText(fact, text)}
                {fact.reason !== null && ` (${fact.reason})`}
              </span>
              {isOpen(fact) && (
                <Button look="quiet" aria-label={text.takeBackOf(what)} onClick={() => void takeBack(fact)}>
                  {text.takeBack}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function isOpen({ state }: RiderFactBody): boolean {
  return state === 'pending' || state === 'shown' || state === 'suspended'
}

function stateText({ state, agree, needed }: RiderFactBody, { states }: ReturnType<typeof useFactsText>): string {
  return state === 'pending' ? states.pending(agree, needed) : states[state]
}
