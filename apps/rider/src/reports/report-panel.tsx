import type { ZoneBody } from '@kickstand/contract'
import { PROBLEMS } from '@kickstand/domain'
import { Button, Icon, type IconName } from '@kickstand/ui'
import { useState, type ReactNode } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { CountStepper } from './count-stepper.tsx'
import { LevelButtons } from './level-buttons.tsx'
import { useReporting } from './reporting.tsx'
import { OwnReport } from './own-report.tsx'

type Open = 'none' | 'count' | 'problem'
type Props = { readonly zone: Pick<ZoneBody, 'id' | 'capacity' | 'availability'>; readonly title: string }

/** All ways to report: level, arrival, departure, count and problem. */
export function ReportPanel({ zone, title }: Props) {
  const { t } = useI18n()
  const p = usePageText()
  const { report } = useReporting()
  const [open, setOpen] = useState<Open>('none')
  const toggle = (which: Open) => setOpen(open === which ? 'none' : which)
  return (
    <section className="grid gap-2.5">
      <h3 className="flex flex-wrap items-baseline justify-between gap-x-3 text-lg">
        {t('report.ask')} <span className="text-base font-medium text-ink-soft">{p('report.hint')}</span>
      </h3>
      <LevelButtons zoneId={zone.id} zone={title} />
      <OwnReport zoneId={zone.id} />
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,8.5rem),1fr))] gap-2">
        <Button className="min-h-14" onClick={() => report(zone.id, { kind: 'arrived' })}>
          <Icon name="parked" />
          {p('report.iParked')}
        </Button>
        <Button className="min-h-14" onClick={() => report(zone.id, { kind: 'left' })}>
          <Icon name="left" />
          {p('report.iLeft')}
        </Button>
        <More icon="plus" open={open === 'count'} onClick={() => toggle('count')}>
          {p('report.countBikes')}
        </More>
        <More icon="alert" open={open === 'problem'} onClick={() => toggle('problem')}>
          {p('report.problem')}
        </More>
      </div>
      {open === 'count' && (
        <CountStepper
          start={likelyBikes(zone)}
          onSend={(count) => {
            report(zone.id, { kind: 'count', count })
            setOpen('none')
          }}
        />
      )}
      {open === 'problem' && (
        <div
          role="group"
          aria-label={p('report.problemAsk')}
          className="flex flex-wrap gap-2 rounded-lg border border-line bg-surface p-2.5"
        >
          {PROBLEMS.map((problem) => (
            <Button
              key={problem}
              className="min-h-12 flex-1"
              onClick={() => {
                report(zone.id, { kind: 'problem', problem })
                setOpen('none')
              }}
            >
              {t(`problem.${problem}`)}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

function More({
  icon,
  open,
  onClick,
  children,
}: {
  icon: IconName
  open: boolean
  onClick: () => void
  children: ReactNode
}) {
  return (
    <Button className="min-h-12" aria-expanded={open} onClick={onClick}>
      <Icon name={icon} />
      {children}
    </Button>
  )
}

/** The start value of the count: the expected number of bikes, so that few taps are needed; 0 if unknown. */
function likelyBikes({ capacity, availability }: Props['zone']): number {
  if (capacity === null || availability.expectedFree === null) return 0
  return Math.max(0, Math.round(capacity - availability.expectedFree))
}
