import type { AvailabilityBody } from '@kickstand/contract'

/**
 * What a plate shows. Its key identifies its image, so that equal plates share one image.
 * `chance` is in twentieths of the edge (null: no edge to fill), `fade` is 0 (fresh), 1 (ageing) or 2 (old).
 */
export type Plate = {
  state: AvailabilityBody['state']
  text: string
  chance: number | null
  fade: Fade
}
export type Fade = 0 | 1 | 2

export const CHANCE_STEPS = 20
/** Equal to the age at which the list fades a figure. */
const AGEING_SECONDS = 45 * 60
const OLD_SECONDS = 2 * 3600
/** A figure with a wider range of free spaces has a tilde. */
const MAX_SURE_RANGE = 2

/** The plate of an availability. */
export function plateOf(availability: AvailabilityBody): Plate {
  const { state, chance } = availability
  if (state === 'unknown') return { state, text: '?', chance: null, fade: 0 }
  if (state === 'closed') return { state, text: 'P', chance: null, fade: 0 }
  return {
    state,
    text: plateText(availability),
    chance: chance === null ? null : Math.round(Math.max(0, Math.min(1, chance)) * CHANCE_STEPS),
    fade: fadeOf(availability),
  }
}

/** `few|~3|14|1`: state, text, chance step, fade. */
export function plateKey(plate: Plate): string {
  return `${plate.state}|${plate.text}|${plate.chance ?? ''}|${plate.fade}`
}

/** Parses a plate key; null if invalid. */
export function parsePlateKey(key: string): Plate | null {
  const [state, text, chance, fade] = key.split('|')
  if (state === undefined || text === undefined || chance === undefined || fade === undefined) return null
  if (!isState(state)) return null
  const faded = Number(fade)
  if (faded !== 0 && faded !== 1 && faded !== 2) return null
  const step = chance === '' ? null : Number(chance)
  if (step !== null && !(step >= 0 && step <= CHANCE_STEPS)) return null
  return { state, text, chance: step, fade: faded }
}

/**
 * The priority of a plate where not all fit; lower comes first. Likely free ranks before unlikely, known before
 * unknown, fresh before old.
 */
export function plateRank(plate: Plate): number {
  const base = { plenty: 0, some: 1, few: 2, full: 4, unknown: 5, closed: 6 }[plate.state]
  return base + (1 - (plate.chance ?? 0) / CHANCE_STEPS) * 0.5 + plate.fade * 0.7
}

function plateText({ state, expectedFree, freeLow, freeHigh, ...rest }: AvailabilityBody): string {
  if (state === 'full') return '0'
  if (expectedFree === null) return state === 'plenty' ? 'P+' : 'P'
  const free = Math.round(expectedFree)
  if (free < 1) return freeHigh === null || freeHigh < 1 || freeHigh > 9 ? '<1' : `0–${freeHigh}`
  if (free > 99) return '99+'
  const unsure = freeLow === null || freeHigh === null || freeHigh - freeLow > MAX_SURE_RANGE
  return unsure || fadeOf({ ...rest }) > 0 ? `~${free}` : String(free)
}

function fadeOf({ source, ageSeconds }: Pick<AvailabilityBody, 'source' | 'ageSeconds'>): Fade {
  if (source === 'history' || source === 'none' || ageSeconds === null) return 1
  if (ageSeconds >= OLD_SECONDS) return 2
  return ageSeconds >= AGEING_SECONDS ? 1 : 0
}

function isState(word: string): word is AvailabilityBody['state'] {
  return ['plenty', 'some', 'few', 'full', 'unknown', 'closed'].includes(word)
}
