import type { ReportsBody, ZoneBody } from '@kickstand/contract'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, type ReactNode } from 'react'
import { useI18n } from '../i18n/i18n.tsx'
import { pages } from '../paths.ts'
import { buttonClass } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { useChanged } from '../ui/use-changed.ts'
import { AvailabilityLines } from './availability-lines.tsx'
import { AvailabilityPlate } from './availability-plate.tsx'
import { figureText } from './figures.ts'
import { RecentReports } from './recent-reports.tsx'
import { directionLinks, zoneTitle } from './zone-facts.ts'
import { ZoneFactsSection } from './zone-facts-section.tsx'
import { ZoneSources } from './zone-sources.tsx'

type Props = {
  readonly zone: ZoneBody
  readonly now: number
  /** How far it is, in words, or null where that is not known. */
  readonly distance: string | null
  readonly reports: ReportsBody | undefined
  /** The report buttons. */
  readonly children: ReactNode
}

/** Everything a rider may want of one zone, the most urgent first. */
export function ZoneSheet({ zone, now, distance, reports, children }: Props) {
  const { t, format } = useI18n()
  const { availability } = zone
  const title = zoneTitle(zone, t)
  const changed = useChanged(`${figureText(availability, t, format)} ${availability.observedAt}`)
  return (
    <article className="grid gap-4 px-3 pb-4">
      <div className="wide:pt-2">
        <SheetHeading id={zone.id} title={title} />
        {distance && <p className="ps-10 text-ink-soft">{distance}</p>}
      </div>
      {zone.status !== 'active' && <Note>{zone.status === 'retired' ? t.retiredZone : t.missingZone}</Note>}
      <div
        className={`flex flex-wrap gap-x-3.5 gap-y-2 rounded-lg border border-line bg-surface p-3 ${changed ? 'changed' : ''}`}
      >
        <AvailabilityPlate availability={availability} now={now} large />
        <div className="min-w-0 flex-[1_1_9rem] self-center">
          <AvailabilityLines availability={availability} capacity={zone.capacity} now={now} />
          {availability.reports > 0 && (
            <p className="text-ink-soft">{t.reportsToday(availability.reports, format.count(availability.reports))}</p>
          )}
        </div>
      </div>
      {children}
      <Directions zone={zone} title={title} />
      <ZoneFactsSection zone={zone} />
      <RecentReports reports={reports} now={now} />
      <ZoneSources zone={zone} />
    </article>
  )
}

/** Takes the focus when its zone is opened, so that keyboard and screen reader start here. */
function SheetHeading({ id, title }: { id: string; title: string }) {
  const { t } = useI18n()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [id])
  return (
    <div className="-ms-2 flex items-start gap-1">
      <Link
        to={pages.home}
        search={(before) => before}
        aria-label={t.backToList}
        title={t.backToList}
        className="grid size-11 flex-none place-items-center rounded-plate text-link hover:bg-raised"
      >
        <Icon name="back" className="size-6" />
      </Link>
      <h2
        ref={heading}
        tabIndex={-1}
        className="pt-1.5 text-2xl leading-tight font-bold text-balance wrap-anywhere outline-none"
      >
        {title}
      </h2>
    </div>
  )
}

function Directions({ zone, title }: { zone: ZoneBody; title: string }) {
  const { t } = useI18n()
  if (zone.simulated) return <Note>{t.simulatedZone}</Note>
  const links = directionLinks(zone, title)
  return (
    <p className="flex flex-wrap gap-2.5">
      <a className={`${buttonClass('primary')} flex-1`} href={links.web} target="_blank" rel="noreferrer">
        <Icon name="turn" />
        {t.directions}
      </a>
      <a className={`${buttonClass('plain')} flex-1`} href={links.device}>
        {t.directionsDevice}
      </a>
    </p>
  )
}

function Note({ children }: { children: ReactNode }) {
  return <p className="rounded-plate border-s-4 border-amber bg-amber-tint px-3 py-2">{children}</p>
}
