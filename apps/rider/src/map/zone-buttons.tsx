import type { MapZone } from './map-types.ts'
import { SELECTED_LIFT_PX } from './plates/plate-size.ts'

export type PlacedZone = { zone: MapZone; x: number; y: number }

type ZoneButtonsProps = {
  placed: readonly PlacedZone[]
  selectedId: string | null
  name: (zone: MapZone) => string
  onSelect: (id: string) => void
}

/** Buttons over the plates for keyboards and screen readers. Visible only while focused, and ignored by touch. */
export function ZoneButtons({ placed, selectedId, name, onSelect }: ZoneButtonsProps) {
  return (
    <div className="zone-buttons">
      {placed.map(({ zone, x, y }) => (
        <button
          key={zone.id}
          type="button"
          className="zone-button"
          aria-pressed={zone.id === selectedId}
          style={{
            translate: `${Math.round(x)}px ${Math.round(y - (zone.id === selectedId ? SELECTED_LIFT_PX : 0))}px`,
          }}
          onClick={() => onSelect(zone.id)}
        >
          {name(zone)}
        </button>
      ))}
    </div>
  )
}
