import type { ContributionBody } from '@kickstand/contract'
import { Button, useToasts } from '@kickstand/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { deleteContribution } from '#api/contributions.ts'
import { MY_CONTRIBUTIONS_KEY, myContributionsQuery } from '#api/contribution-queries.ts'
import { useI18n } from '#i18n/i18n.tsx'
import { useContributionsText } from '#i18n/use-contributions-text.ts'
import { useWaitingSubmissions } from './contribution-outbox.ts'
import { contributionText, submissionText } from './contribution.ts'

/** This device's contributions to a zone and their states. An empty `zoneId` lists missing places. */
export function ContributionList({ zoneId }: { zoneId: string }) {
  const { t } = useI18n()
  const text = useContributionsText()
  const { show } = useToasts()
  const client = useQueryClient()
  const waiting = useWaitingSubmissions().filter(
    (item) => item.input.zoneId === zoneId && !item.undo && item.attempts > 0,
  )
  const contributions = useQuery(myContributionsQuery()).data?.contributions ?? []
  const mine = contributions.filter((contribution) =>
    zoneId === '' ? contribution.field === 'exists' : contribution.zoneId === zoneId,
  )
  const unsent = waiting.filter(({ input }) => input.kind !== 'contribution' || input.body.value !== undefined)
  if (mine.length + unsent.length === 0) return null

  async function remove(contribution: ContributionBody): Promise<void> {
    try {
      await deleteContribution(contribution.id)
      show({ text: text.undone })
    } catch {
      show({ text: text.undoFailed })
    }
    await client.invalidateQueries({ queryKey: [MY_CONTRIBUTIONS_KEY] })
  }

  return (
    <div>
      <h3 className="mb-1 text-lg">{text.yours}</h3>
      <ul className="grid gap-1.5">
        {unsent.map(({ key, input }) => (
          <li key={key} className="rounded-plate bg-tint px-3 py-1.5">
            <b>{submissionText(input, { t, text })}</b> · {text.states.waiting}
          </li>
        ))}
        {mine.map((contribution) => {
          const what = contributionText(contribution.field, contribution.mine ?? contribution.value, { t, text })
          return (
            <li
              key={contribution.id}
              className="flex flex-wrap items-center justify-between gap-x-3 rounded-plate bg-tint px-3 py-1.5"
            >
              <span className="flex-[1_1_10rem] wrap-anywhere">
                <b>{what}</b> · {stateText(contribution, text)}
                {contribution.reason !== null && ` (${contribution.reason})`}
              </span>
              {isOpen(contribution) && (
                <Button variant="quiet" aria-label={text.removeOf(what)} onClick={() => void remove(contribution)}>
                  {text.remove}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function isOpen({ state }: ContributionBody): boolean {
  return state === 'pending' || state === 'shown' || state === 'suspended'
}

function stateText(
  { state, agree, needed }: ContributionBody,
  { states }: ReturnType<typeof useContributionsText>,
): string {
  return state === 'pending' ? states.pending(agree, needed) : states[state]
}
