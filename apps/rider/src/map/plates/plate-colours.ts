import type { MapTheme } from '../map-types.ts'
import type { Plate } from './plate.ts'

/**
 * Colours of the plates: parking-sign blue, lane white, signal amber and asphalt. They differ in lightness as much as
 * in hue, so they stay apart for every kind of colour vision and in a black-and-white print.
 */
export type PlateColours = {
  /** The outline that separates a plate from the map. */
  halo: string
  /**
   * The colour that old plates fade towards, and the share (0 to 1) at each fade. Fills must still differ from
   * outlines.
   */
  faded: string
  fades: readonly [fresh: number, ageing: number, old: number]
  frame: string
  grounds: Record<Plate['state'], string>
  inks: Record<Plate['state'], string>
  hatch: string
  strike: string
}

const BLUE = '#0b4ea2'
const AMBER = '#ffb000'
const AMBER_INK = '#1b1400'
const WHITE = '#ffffff'

export const PLATE_COLOURS: Record<MapTheme, PlateColours> = {
  light: {
    halo: WHITE,
    faded: '#e9ecef',
    fades: [0, 0.2, 0.75],
    frame: '#171c22',
    grounds: { plenty: BLUE, some: WHITE, few: AMBER, full: '#333c46', unknown: '#f4f6f8', closed: '#f4f6f8' },
    inks: { plenty: WHITE, some: BLUE, few: AMBER_INK, full: WHITE, unknown: '#4c5763', closed: '#4c5763' },
    hatch: '#c3cbd3',
    strike: '#a8251b',
  },
  dark: {
    halo: '#0b121c',
    faded: '#22303f',
    fades: [0, 0.22, 0.5],
    frame: WHITE,
    grounds: {
      plenty: '#1f66c4',
      some: '#12284a',
      few: AMBER,
      full: '#46525f',
      unknown: '#1c2938',
      closed: '#1c2938',
    },
    inks: { plenty: WHITE, some: '#b5d3ff', few: AMBER_INK, full: WHITE, unknown: '#c0cad5', closed: '#aab6c2' },
    hatch: '#3a4b60',
    strike: '#ff9a8f',
  },
}

/** The zone blue of a theme, for outlines, dots and the pulse. */
export const ZONE_BLUE: Record<MapTheme, string> = { light: BLUE, dark: '#4d94f2' }
