import type { NearbyZoneBody } from '@kickstand/contract'
import type { Vehicle } from '@kickstand/domain'
import type { ReactNode } from 'react'
import { ZoneCard } from './zone-card.tsx'

type Props = {
  readonly zones: readonly NearbyZoneBody[]
  readonly now: number
  /** Minutes from now that the figures are for. */
  readonly ahead: number
  readonly vehicle: Vehicle
  /** Actions on a card. */
  readonly actionsFor: (zone: NearbyZoneBody, index: number) => ReactNode
}

/** The nearest zones, nearest first. */
export function ZoneList({ zones, now, ahead, vehicle, actionsFor }: Props) {
  return (
    <ol className="grid gap-2.5">
      {zones.map((zone, index) => (
        <li key={zone.id}>
          <ZoneCard zone={zone} now={now} ahead={ahead} vehicle={vehicle}>
            {actionsFor(zone, index)}
          </ZoneCard>
        </li>
      ))}
    </ol>
  )
}

/** A placeholder while the list loads. */
export function ZoneListSkeleton({ label }: { label: string }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <ol className="grid gap-2.5" aria-hidden="true">
        {[0, 1, 2].map((row) => (
          <li key={row} className="flex h-[6.9rem] gap-3 rounded-lg border border-line bg-surface p-3">
            <span className="w-21 rounded-plate bg-raised" />
            <span className="grid flex-1 content-start gap-2 pt-1">
              <span className="h-4 w-3/5 rounded-sm bg-raised" />
              <span className="h-3.5 w-4/5 rounded-sm bg-raised" />
              <span className="h-3.5 w-2/5 rounded-sm bg-raised" />
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
