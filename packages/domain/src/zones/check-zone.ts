import { outlineFault, positionFault } from './plausible-place.ts'
import { roundDegrees } from './point-inside.ts'
import { clip, readText } from './read-values.ts'
import type { SourceZone } from './source-zone.ts'
import type { LngLat, Outline, ZoneFacts } from './zone.ts'

/** A valid zone with warnings about changed values; or why it is rejected. */
export type CheckedZone =
  | { readonly zone: SourceZone; readonly warnings: readonly string[] }
  | { readonly zone: null; readonly reason: string }

/** Longer texts are cut with a warning. */
const MAX_CHARACTERS = {
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

const MAX_REF_CHARACTERS = 190
/** An outline with more corners is a mistake, and would use memory on every board. */
const MAX_CORNERS = 2000
const MAX_STAY_SECONDS = 366 * 86_400

/**
 * Checks the facts of a zone by a source: a position on Earth, texts of a sensible length, an outline of a sensible size. Rounds
 * positions to seven decimals.
 */
export function checkZone(ref: string, facts: ZoneFacts): CheckedZone {
  const key = readText(ref)
  if (key === null) return { zone: null, reason: 'has no reference of its own; the profile must name a field for it' }
  if (key.length > MAX_REF_CHARACTERS) {
    return { zone: null, reason: `its reference is longer than ${MAX_REF_CHARACTERS} characters; name a shorter field` }
  }
  const invalidPosition = positionFault(facts.lat, facts.lng)
  if (invalidPosition !== null) return { zone: null, reason: invalidPosition }

  const warnings: string[] = []
  const texts: Partial<Record<(typeof TEXTS)[number], string | null>> = {}
  for (const field of TEXTS) {
    const longest = MAX_CHARACTERS[field]
    const text = readText(facts[field])
    texts[field] = text === null ? null : clip(text, longest)
    if (text !== null && texts[field] !== text)
      warnings.push(`${field} is longer than ${longest} characters and was cut`)
  }
  const outline = checkOutline(facts.outline)
  const invalidOutline = outline === null ? null : outlineFault(outline, facts.lat, facts.lng)
  if (invalidOutline !== null) return { zone: null, reason: invalidOutline }
  if (outline === null && facts.outline !== null) warnings.push('its outline is invalid; only its point is kept')
  const isStayValid = facts.maxStay === null || facts.maxStay <= MAX_STAY_SECONDS
  if (!isStayValid) warnings.push('its maximum stay is more than a year; kept as unknown')
  const kept = { ...facts, ...texts, outline, maxStay: isStayValid ? facts.maxStay : null }
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
  return corners >= 2 && corners <= MAX_CORNERS ? rounded : null
}

function roundOutline(outline: Outline, round: (line: readonly LngLat[]) => LngLat[]): Outline {
  if (outline.type === 'LineString') return { type: outline.type, coordinates: round(outline.coordinates) }
  if (outline.type === 'Polygon') return { type: outline.type, coordinates: outline.coordinates.map(round) }
  return { type: outline.type, coordinates: outline.coordinates.map((polygon) => polygon.map(round)) }
}
