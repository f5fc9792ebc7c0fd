import type { PlanBody } from '@kickstand/contract'
import { Button, Icon } from '@kickstand/ui'
import { useEffect, useState } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { lowChanceWarning, minutesText, planSentence } from './plan-words.ts'
import { idsOf } from './use-plan.ts'

/** The announced text is removed after this time, so that it is not read beside newer figures. */
const ANNOUNCED_MS = 6_000

type Props = {
  readonly plan: PlanBody
  readonly soonest: boolean
  /** The first zone of a better order; null if the shown order is the best. */
  readonly better: string | null
  readonly takeBetter: () => void
}

/** The plan in a sentence, and the offer of a better order. Space for the offer is reserved, so that nothing moves. */
export function PlanSummary({ plan, soonest, better, takeBetter }: Props) {
  const { format } = useI18n()
  const p = usePageText()
  const words = { p, format }
  const low = lowChanceWarning(plan, p)
  return (
    <section className="grid gap-1.5 rounded-lg border-s-4 border-sign bg-tint p-3">
      <p className="text-lg leading-snug font-bold">{planSentence(plan, words)}</p>
      <p>{p(soonest ? 'plan.totalParked' : 'plan.total', { duration: minutesText(plan.expectedSeconds, words) })}</p>
      {low !== null && (
        <p className="flex items-start gap-1.5 font-bold">
          <Icon name="alert" className="mt-[0.15em] size-[1.1em]" />
          <span className="min-w-0">{low}</span>
        </p>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <p className={better === null ? 'text-ink-soft' : 'font-bold'}>
          {p(better === null ? 'plan.upToDate' : 'plan.changed')}
        </p>
        <Button className={`min-h-12 ${better === null ? 'invisible' : ''}`} onClick={takeBetter}>
          {p('plan.better')}
        </Button>
      </div>
      <Announcement
        text={better === null ? planSentence(plan, words) : p('plan.changedAnnouncement', { zone: better })}
        about={`${idsOf(plan)} ${better ?? ''}`}
      />
    </section>
  )
}

/** Announces `text` to screen readers when `about` changes, and not on every change of a percentage. */
function Announcement({ text, about }: { text: string; about: string }) {
  const [announced, setAnnounced] = useState({ about, text })
  if (announced.about !== about) setAnnounced({ about, text })
  useEffect(() => {
    const timer = setTimeout(() => setAnnounced({ about, text: '' }), ANNOUNCED_MS)
    return () => clearTimeout(timer)
  }, [about])
  return (
    <p aria-live="polite" className="sr-only">
      {announced.text}
    </p>
  )
}
