import { countryOfTimeZone } from './country.ts'

type Point = readonly [lng: number, lat: number]

/** The border of Scotland from the Irish Sea to the North Sea: Scotland is north of it. */
const SCOTLAND: readonly Point[] = [
  [-9, 54.55],
  [-3.8, 54.6],
  [-3.55, 54.83],
  [-3.4, 54.93],
  [-3.2, 54.97],
  [-3.05, 54.99],
  [-2.97, 55.05],
  [-2.8, 55.13],
  [-2.62, 55.27],
  [-2.48, 55.354],
  [-2.34, 55.37],
  [-2.23, 55.45],
  [-2.2, 55.64],
  [-2.03, 55.81],
  [3, 55.9],
]

/** The border of Wales from the Bristol Channel to the Dee, south to north: Wales is west of it. */
const WALES: readonly Point[] = [
  [-5.6, 51.36],
  [-3.2, 51.37],
  [-3.05, 51.38],
  [-2.95, 51.45],
  [-2.85, 51.5],
  [-2.72, 51.57],
  [-2.665, 51.62],
  [-2.66, 51.83],
  [-2.76, 51.85],
  [-2.96, 51.95],
  [-3.1, 52.07],
  [-3.1, 52.2],
  [-2.99, 52.27],
  [-3.04, 52.345],
  [-3.09, 52.56],
  [-3.01, 52.72],
  [-3.1, 52.78],
  [-3.1, 52.86],
  [-2.78, 52.95],
  [-2.87, 53.0],
  [-2.88, 53.09],
  [-2.93, 53.18],
  [-3.03, 53.25],
  [-3.25, 53.4],
  [-3.4, 53.6],
]

/**
 * The calendar of public holidays of a place: its country (ISO 3166-1 alpha-2, lower case), in the United Kingdom its
 * nation (`gb-sct`); null if unknown. Borders of nations are accurate to a few kilometres.
 */
export function holidayCalendarOf(timeZone: string, lat: number, lng: number): string | null {
  const country = countryOfTimeZone(timeZone)
  return country === 'gb' ? `gb-${nationAt(lat, lng)}` : country
}

function nationAt(lat: number, lng: number): 'eng' | 'nir' | 'sct' | 'wls' {
  if (lat > 53.9 && lat < 55.35 && (lng < -5.9 || (lng < -5.35 && lat < 54.95))) return 'nir'
  if (lat > interpolate(SCOTLAND, lng, 0)) return 'sct'
  const [first, last] = [WALES[0]?.[1] ?? 0, WALES.at(-1)?.[1] ?? 0]
  return lat > first && lat < last && lng < interpolate(WALES, lat, 1) ? 'wls' : 'eng'
}

/** Interpolates a line that is monotonic along one axis. */
function interpolate(line: readonly Point[], at: number, along: 0 | 1): number {
  const across = along === 0 ? 1 : 0
  const next = line.find((point) => point[along] >= at) ?? line.at(-1)
  const before = line.findLast((point) => point[along] < at) ?? next
  if (next === undefined || before === undefined) return Number.NaN
  const width = next[along] - before[along]
  const share = width === 0 ? 0 : Math.min(1, Math.max(0, (at - before[along]) / width))
  return before[across] + share * (next[across] - before[across])
}
