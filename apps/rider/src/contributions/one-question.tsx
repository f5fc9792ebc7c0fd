import type { ZoneBody } from '@kickstand/contract'
import { chooseQuestion, type QuestionField } from '@kickstand/domain'
import { Button, useToasts } from '@kickstand/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { questionQuery } from '#api/contribution-queries.ts'
import { submit, undoSubmission, useWaitingSubmissions } from './contribution-outbox.ts'
import { FieldChoice, type FieldValue } from './field-choice.tsx'
import { positionOf, type Position } from './contribution.ts'

type Props = {
  readonly zone: ZoneBody
  readonly position: Position | null
  /** The report is waiting for a network, so the server cannot choose the question. */
  readonly isOffline: boolean
}

/** One question about an unknown fact, shown after a report. There is one question per zone and visit. */
export function OneQuestion({ zone, position, isOffline }: Props) {
  const { t } = useI18n()
  const p = usePageText()
  const { show } = useToasts()
  const [done, setDone] = useState(false)
  const waiting = useWaitingSubmissions()
  const serverQuestion = useQuery({ ...questionQuery(zone.id, positionOf(position).position), enabled: !isOffline })
  const field = serverQuestion.data
    ? (serverQuestion.data.question?.field ?? null)
    : isOffline || serverQuestion.isError
      ? ownQuestion()
      : null
  if (done || field === null) return null

  /** Offline, the page chooses the question from the facts that it has. */
  function ownQuestion(): QuestionField | null {
    const unsent = waiting.flatMap(({ input }) =>
      input.kind === 'contribution' && input.zoneId === zone.id ? [input.body] : [],
    )
    if (unsent.some((one) => one.answer === 'later')) return null
    return chooseQuestion({ zone, unconfirmed: new Set(), answered: new Set(unsent.map((one) => one.field)) })
  }

  function answer(given: { value: FieldValue } | { answer: 'unsure' | 'later' }): void {
    if (field === null) return
    const key = submit({ kind: 'contribution', zoneId: zone.id, body: { field, ...given, ...positionOf(position) } })
    if ('answer' in given) show({ text: p('change.answered') })
    else show({ text: p('change.answered'), action: { label: t('report.undo'), run: () => undoSubmission(key) } })
    setDone(true)
  }

  return (
    <section className="grid gap-2 rounded-lg border border-line bg-surface p-2.5" aria-label={p('change.oneQuestion')}>
      <h3 className="text-lg">
        <span className="block text-base font-medium text-ink-soft">{p('change.oneQuestion')}</span>
        {p(`question.${field}`)}
      </h3>
      {field === 'gone' || field === 'blocked' ? (
        <div className="flex flex-wrap gap-2">
          <Button className="min-h-14 flex-1" onClick={() => answer({ value: false })}>
            {p('answer.yes')}
          </Button>
          <Button className="min-h-14 flex-1" onClick={() => answer({ value: true })}>
            {p('answer.no')}
          </Button>
        </div>
      ) : (
        <FieldChoice field={field} position={position} onValue={(value) => answer({ value })} />
      )}
      <div className="flex flex-wrap gap-2">
        <Button className="min-h-12 flex-1" onClick={() => answer({ answer: 'unsure' })}>
          {p('change.cantTell')}
        </Button>
        <Button variant="quiet" className="min-h-12 flex-1" onClick={() => answer({ answer: 'later' })}>
          {p('change.notNow')}
        </Button>
      </div>
    </section>
  )
}
