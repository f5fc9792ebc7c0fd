import type { Plate } from './plate.ts'

/** `plate` on the map, `selected` the one the rider chose, `mini` where there is no room for a plate. */
export const PLATE_VARIANTS = ['plate', 'selected', 'mini'] as const
export type PlateVariant = (typeof PLATE_VARIANTS)[number]

/** CSS pixels. `margin` is the room round the body for its halo and, when selected, its frame. */
export type PlateSize = { width: number; height: number; margin: number; font: number; edge: number; radius: number }

/** The chosen plate stands on a post, so that the bay it is about can be seen under it. */
export const POST = 12
const SELECTED_HEIGHT = 54
const SELECTED_MARGIN = 6
/** From the middle of the chosen plate down to the point it stands on, CSS pixels. */
export const SELECTED_LIFT = SELECTED_HEIGHT / 2 + SELECTED_MARGIN + POST

/** How large a plate is drawn: what is unknown or closed is quieter than what a rider can use. */
export function plateSize(plate: Plate, variant: PlateVariant): PlateSize {
  if (variant === 'mini') return { width: 11, height: 11, margin: 2, font: 0, edge: 1.75, radius: 2 }
  const quiet = plate.state === 'unknown' || plate.state === 'closed'
  const height = variant === 'selected' ? SELECTED_HEIGHT : quiet ? 30 : 40
  const long = plate.text.length >= 3 && plate.state !== 'full'
  const font = height * (long ? 0.47 : plate.text.length === 2 ? 0.5 : plate.state === 'closed' ? 0.66 : 0.58)
  return {
    width: long ? height * 1.22 : height,
    height,
    margin: variant === 'selected' ? SELECTED_MARGIN : 3,
    font,
    edge: variant === 'selected' ? 4.5 : quiet ? 2 : 3.25,
    radius: height * 0.14,
  }
}
