import { contrast, inkOn, mix } from './colour.ts'
import type { PlateColours } from './plate-colours.ts'
import type { Plate } from './plate.ts'

export type Inked = { ground: string; ink: string }

/** The share of ground colour mixed into the ink at each fade. */
const INK_FADES = [0, 0.12, 0.2] as const
const MIN_CONTRAST = 4.5

/**
 * The colours of a plate at its age. An old plate is paler but stays readable: on a pale ground its own colour becomes
 * the ink.
 */
export function inkedFor(plate: Plate, colours: PlateColours): Inked {
  const fresh = colours.grounds[plate.state]
  const ground = mix(fresh, colours.faded, colours.fades[plate.fade])
  const ink = inkOn(ground, [colours.inks[plate.state], fresh, colours.frame])
  const soft = mix(ink, ground, INK_FADES[plate.fade])
  return { ground, ink: contrast(soft, ground) >= MIN_CONTRAST ? soft : ink }
}
