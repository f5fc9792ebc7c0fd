import { whyNoOutline, whyNoPlace } from './plausible-place.ts'
import { roundDegrees } from './point-inside.ts'
import { clip, readText } from './read-values.ts'
import type { SourceZone } from './source-zone.ts'
import type { LngLat, Outline, ZoneFacts } from './zone.ts'

/** A zone that may be kept, with what had to be left out of it; or why it may not. */
export type CheckedZone =
  | { readonly zone: SourceZone; readonly warnings: readonly string[] }
  | { readonly zone: null; readonly reason: string }

/** Longest texts kept, in characters. Longer ones are cut with a warning. */
const LONGEST = {
  name: 200,
  feeNote: 500,
  surface: 64,
  operator: 200,
  openingHours: 1000,
  signText: 1000,
  accessConditional: 1000,
  feeConditional: 1000,
  maxStayConditional: 1000,
} as const
const TEXTS = [
  'name',
  'feeNote',
  'surface',
  'operator',
  'openingHours',
  'signText',
  'accessConditional',
  'feeConditional',
  'maxStayConditional',
] as const

const LONGEST_REF = 190
/** Corners of an outline: past this it is no parking but a mistake, and would weigh on every board. */
const MOST_CORNERS = 2000
const LONGEST_STAY_S = 366 * 86_400

/**
 * Holds what a source says of one zone against what can be: a position on Earth, texts of a sensible length, an outline of
 * a sensible size. Positions are rounded to seven decimals.
 */
export function checkZone(ref: string, facts: ZoneFacts): CheckedZone {
  const key = readText(ref)
  if (key === null) return { zone: null, reason: 'has no reference of its own; the profile must name a field for it' }
  if (key.length > LONGEST_REF) {
    return { zone: null, reason: `its reference is longer than ${LONGEST_REF} characters; name a shorter field` }
  }
  const wrong = whyNoPlace(facts.lat, facts.lng)
  if (wrong !== null) return { zone: null, reason: wrong }

  const warnings: string[] = []
  const texts: Partial<Record<(typeof TEXTS)[number], string | null>> = {}
  for (const field of TEXTS) {
    const longest = LONGEST[field]
    const text = readText(facts[field])
    texts[field] = text === null ? null : clip(text, longest)
    if (text !== null && texts[field] !== text) warnings.push(`${field} is longer than ${longest} characters; cut`)
  }
  const outline = checkOutline(facts.outline)
  const impossible = outline === null ? null : whyNoOutline(outline, facts.lat, facts.lng)
  if (impossible !== null) return { zone: null, reason: impossible }
  if (outline === null && facts.outline !== null) warnings.push('its outline cannot be drawn; only the point is kept')
  const stays = facts.maxStay === null || facts.maxStay <= LONGEST_STAY_S
  if (!stays) warnings.push('its longest stay is over a year; kept as unknown')
  const kept = { ...facts, ...texts, outline, maxStay: stays ? facts.maxStay : null }
  return {
    zone: { ref: key, facts: { ...kept, lat: roundDegrees(facts.lat), lng: roundDegrees(facts.lng) } },
    warnings,
  }
}

function checkOutline(outline: Outline | null): Outline | null {
  if (outline === null) return null
  let corners = 0
  const round = (line: readonly LngLat[]): LngLat[] =>
    line.map(([lng, lat]) => {
      corners += Math.abs(lat) <= 90 && Math.abs(lng) <= 180 ? 1 : Number.NaN
      return [roundDegrees(lng), roundDegrees(lat)]
    })
  const rounded = roundOutline(outline, round)
  return corners >= 2 && corners <= MOST_CORNERS ? rounded : null
}

function roundOutline(outline: Outline, round: (line: readonly LngLat[]) => LngLat[]): Outline {
  if (outline.type === 'LineString') return { type: outline.type, coordinates: round(outline.coordinates) }
  if (outline.type === 'Polygon') return { type: outline.type, coordinates: outline.coordinates.map(round) }
  return { type: outline.type, coordinates: outline.coordinates.map((polygon) => polygon.map(round)) }
}
