import type { ZoneBody } from '@kickstand/contract'
import { Icon, useChanged } from '@kickstand/ui'
import { Link, useSearch } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import { useI18n, usePageText } from '#i18n/i18n.ts'
import { pages } from '../paths.ts'
import { AvailabilityLines } from './availability-lines.tsx'
import { AvailabilityPlate } from './availability-plate.tsx'
import { figureText } from './figures.ts'
import { Note } from './note.tsx'
import { zoneTitle } from './zone-title.ts'

type Props = {
  readonly zone: ZoneBody
  readonly now: number
  /** The distance as text; null if unknown. */
  readonly distance: string | null
  /** Minutes from now that the figures are for; 0 for the present. */
  readonly ahead: number
  /** The content below the figures. */
  readonly children: ReactNode
}

/** The details of one zone, the most important first. */
export function ZoneSheet({ zone, now, distance, ahead, children }: Props) {
  const { t, format, language } = useI18n()
  const p = usePageText()
  const { availability } = zone
  const title = zoneTitle(zone, t)
  // Another language writes the same figure differently.
  const changed = useChanged(`${figureText(availability, t, format)} ${availability.observedAt}`, language + ahead)
  return (
    <article className="grid gap-4 px-3 pb-4">
      <div className="wide:pt-2">
        <SheetHeading id={zone.id} title={title} />
        {distance && <p className="ps-10 text-ink-soft">{distance}</p>}
      </div>
      {zone.status !== 'active' && <Note>{p(zone.status === 'retired' ? 'zone.retired' : 'zone.missing')}</Note>}
      <div
        className={`flex flex-wrap gap-x-3.5 gap-y-2 rounded-lg border bg-surface p-3 ${ahead > 0 ? 'border-dashed border-edge' : 'border-line'} ${changed ? 'changed' : ''}`}
      >
        <AvailabilityPlate availability={availability} now={now} large />
        <div className="min-w-0 flex-[1_1_9rem] self-center">
          <AvailabilityLines
            zoneId={zone.id}
            availability={availability}
            capacity={zone.capacity}
            now={now}
            ahead={ahead}
          />
          {availability.reports > 0 && (
            <p className="text-ink-soft">{p('zone.reportsToday', { n: availability.reports })}</p>
          )}
        </div>
      </div>
      {children}
    </article>
  )
}

/** Takes the focus when the zone is opened, so that keyboards and screen readers start here. */
function SheetHeading({ id, title }: { id: string; title: string }) {
  const { t } = useI18n()
  const heading = useRef<HTMLHeadingElement>(null)
  const hasPlan = useSearch({ strict: false }).to !== undefined
  const back = t(hasPlan ? 'list.tryFirst' : 'list.back')
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [id])
  return (
    <div className="-ms-2 flex items-start gap-1">
      <Link
        to={pages[hasPlan ? 'plan' : 'home']}
        search={(before) => before}
        aria-label={back}
        title={back}
        className="grid size-11 flex-none place-items-center rounded-plate text-link hover:bg-raised"
      >
        <Icon name="back" className="size-6" />
      </Link>
      <h2
        ref={heading}
        tabIndex={-1}
        className="pt-1.5 text-2xl leading-tight font-bold text-balance wrap-anywhere outline-none"
      >
        <bdi>{title}</bdi>
      </h2>
    </div>
  )
}
