import type { NearbyZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import { useChanged } from '@kickstand/ui'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useI18n } from '#i18n/i18n.ts'
import { pages } from '../paths.ts'
import { AvailabilityLines } from './availability-lines.tsx'
import { AvailabilityPlate } from './availability-plate.tsx'
import { walkingMinutes } from './distances.ts'
import { figureText } from './figures.ts'
import { isCurrent, rulesLine } from './rules-words.ts'
import { zoneTitle } from './zone-title.ts'

type Props = {
  readonly zone: NearbyZoneBody
  /** Epoch milliseconds by the server's clock. */
  readonly now: number
  /** Minutes from now that the figures are for. */
  readonly ahead: number
  readonly vehicle: Vehicle
  /** Actions below the figures. */
  readonly children?: ReactNode
}

/** One zone of the list. The whole card is a link to the zone, except for `children`. */
export function ZoneCard({ zone, now, ahead, vehicle, children }: Props) {
  const { t, format, language } = useI18n()
  const { availability } = zone
  // Another language writes the same figure differently.
  const changed = useChanged(
    `${figureText(availability, t, format)} ${availability.observedAt}`,
    `${ahead} ${language}`,
  )
  const minutes = walkingMinutes(zone.distance)
  return (
    <article
      className={`relative rounded-lg border bg-surface p-3 hover:border-edge ${ahead > 0 ? 'border-dashed border-edge' : 'border-line'} ${changed ? 'changed' : ''}`}
    >
      <div className="flex flex-wrap gap-x-3 gap-y-2">
        <AvailabilityPlate availability={availability} now={now} />
        <div className="min-w-0 flex-[1_1_10rem]">
          <p className="float-end ms-3 text-end whitespace-nowrap">
            <span className="block text-lg leading-tight font-bold">{format.distance(zone.distance)}</span>
            {minutes !== null && (
              <span className="block text-ink-soft">{t('distance.walk', { minutes: format.minutes(minutes) })}</span>
            )}
          </p>
          <h3 className="text-lg leading-tight font-bold text-balance wrap-anywhere">
            <Link
              to={pages.zone}
              params={{ id: zone.id }}
              search={(before) => before}
              className="text-ink no-underline after:absolute after:inset-0 after:rounded-lg focus-visible:outline-none focus-visible:after:outline-3 focus-visible:after:outline-offset-2 focus-visible:after:outline-[var(--focus)]"
              data-zone={zone.id}
            >
              <bdi>{zoneTitle(zone, t)}</bdi>
            </Link>
          </h3>
          <AvailabilityLines
            zoneId={zone.id}
            availability={availability}
            capacity={zone.capacity}
            now={now}
            ahead={ahead}
          />
          {zone.rules && isCurrent(zone.rules, now) && <p>{rulesLine(zone.rules, vehicle, { t, format, now })}</p>}
        </div>
      </div>
      {children && <div className="relative z-1 mt-3 empty:hidden">{children}</div>}
    </article>
  )
}
