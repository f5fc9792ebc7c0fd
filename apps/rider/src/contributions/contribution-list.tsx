import type { ContributionBody } from '@kickstand/contract'
import { Button, useToasts } from '@kickstand/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useI18n, usePageText, type PageText } from '#i18n/i18n.ts'
import { deleteContribution } from '#api/contributions.ts'
import { MY_CONTRIBUTIONS_KEY, myContributionsQuery } from '#api/contribution-queries.ts'
import { useWaitingSubmissions } from './contribution-outbox.ts'
import { contributionText, submissionText } from './contribution.ts'

/** This device's contributions to a zone and their states. An empty `zoneId` lists missing places. */
export function ContributionList({ zoneId }: { zoneId: string }) {
  const { t } = useI18n()
  const p = usePageText()
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
      show({ text: p('change.undone') })
    } catch {
      show({ text: p('change.undoFailed') })
    }
    await client.invalidateQueries({ queryKey: [MY_CONTRIBUTIONS_KEY] })
  }

  return (
    <div>
      <h3 className="mb-1 text-lg">{p('change.yours')}</h3>
      <ul className="grid gap-1.5">
        {unsent.map(({ key, input }) => (
          <li key={key} className="rounded-plate bg-tint px-3 py-1.5">
            <b>
              <bdi>{submissionText(input, { t, p })}</bdi>
            </b>{' '}
            · {p('change.waiting')}
          </li>
        ))}
        {mine.map((contribution) => {
          const what = contributionText(contribution.field, contribution.mine ?? contribution.value, { t, p })
          return (
            <li
              key={contribution.id}
              className="flex flex-wrap items-center justify-between gap-x-3 rounded-plate bg-tint px-3 py-1.5"
            >
              <span className="flex-[1_1_10rem] wrap-anywhere">
                <b>
                  <bdi>{what}</bdi>
                </b>{' '}
                · {stateText(contribution, p)}
              </span>
              {isOpen(contribution) && (
                <Button
                  variant="quiet"
                  aria-label={p('change.removeOf', { what })}
                  onClick={() => void remove(contribution)}
                >
                  {p('change.remove')}
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

function stateText({ state: name, agree, needed, reason }: ContributionBody, p: PageText): string {
  const state =
    name === 'pending'
      ? p('change.pending', { agree: String(agree), needed: String(needed) })
      : p(name === 'rejected' ? 'change.notAccepted' : `change.${name}`)
  return reason === null ? state : p('change.stateReason', { state, reason })
}
