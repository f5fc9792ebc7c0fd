import type { Plate } from './plate.ts'

/** `plate` is the normal size, `selected` the selected zone, `mini` is used without room for a plate. */
export const PLATE_VARIANTS = ['plate', 'selected', 'mini'] as const
export type PlateVariant = (typeof PLATE_VARIANTS)[number]

/** CSS pixels. `margin` is the space around the body for its halo and, if selected, its frame. */
export type PlateSize = { width: number; height: number; margin: number; font: number; edge: number; radius: number }

/** Height of the selected plate's post, which keeps the bay below it visible. CSS pixels. */
export const POST_PX = 12
const SELECTED_HEIGHT = 54
const SELECTED_MARGIN = 6
/** From the centre of the selected plate down to its anchor, CSS pixels. */
export const SELECTED_LIFT_PX = SELECTED_HEIGHT / 2 + SELECTED_MARGIN + POST_PX

/** The size of a plate. Unknown and closed zones are smaller. */
export function plateSize(plate: Plate, variant: PlateVariant): PlateSize {
  if (variant === 'mini') return { width: 11, height: 11, margin: 2, font: 0, edge: 1.75, radius: 2 }
  const isSmall = plate.state === 'unknown' || plate.state === 'closed'
  const height = variant === 'selected' ? SELECTED_HEIGHT : isSmall ? 30 : 40
  const long = plate.text.length >= 3 && plate.state !== 'full'
  const font = height * (long ? 0.47 : plate.text.length === 2 ? 0.5 : plate.state === 'closed' ? 0.66 : 0.58)
  return {
    width: long ? height * 1.22 : height,
    height,
    margin: variant === 'selected' ? SELECTED_MARGIN : 3,
    font,
    edge: variant === 'selected' ? 4.5 : isSmall ? 2 : 3.25,
    radius: height * 0.14,
  }
}
