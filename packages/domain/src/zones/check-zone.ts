import { FIELD_LIST } from './fields/field-lists.ts'
import { ZONE_FIELDS } from './fields/zone-fields.ts'
import { outlineFault, positionFault } from './plausible-place.ts'
import { roundDegrees } from './point-inside.ts'
import { clip, readText, type Read } from './read-values.ts'
import type { SourceZone } from './source-zone.ts'
import { readTariff } from './tariff/read-tariff.ts'
import type { Tariff } from './tariff/tariff.ts'
import type { LngLat, Outline, ZoneFacts } from './zone.ts'

/** A valid zone with warnings about changed values; or why it is rejected. */
export type CheckedZone =
  | { readonly zone: SourceZone; readonly warnings: readonly string[] }
  | { readonly zone: null; readonly reason: string }

/** Texts, with their maximum length. Longer ones are cut with a warning. */
const TEXTS = FIELD_LIST.flatMap((field) =>
  field.type === 'text' || field.type === 'word' ? { name: field.name, maxLength: field.maxLength } : [],
)

const MAX_REF_CHARACTERS = 190
/** An outline with more corners is a mistake, and would use memory on every board. */
const MAX_CORNERS = 2000

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
  const texts: Record<string, string | null> = {}
  for (const { name, maxLength } of TEXTS) {
    const text = readText(facts[name])
    texts[name] = text === null ? null : clip(text, maxLength)
    if (text !== null && texts[name] !== text)
      warnings.push(`${name} is longer than ${maxLength} characters and was cut`)
  }
  const outline = checkOutline(facts.outline)
  const invalidOutline = outline === null ? null : outlineFault(outline, facts.lat, facts.lng)
  if (invalidOutline !== null) return { zone: null, reason: invalidOutline }
  if (outline === null && facts.outline !== null) warnings.push('its outline is invalid; only its point is kept')
  const isStayValid = facts.maxStay === null || facts.maxStay <= ZONE_FIELDS.maxStay.maximum
  if (!isStayValid) warnings.push('its maximum stay is more than a year; kept as unknown')
  const { value: tariff, warning } = checkPrice(facts)
  if (warning !== null) warnings.push(warning)
  const maxStay = isStayValid ? facts.maxStay : null
  const kept = { ...facts, ...texts, outline, maxStay, tariff }
  return {
    zone: { ref: key, facts: { ...kept, lat: roundDegrees(facts.lat), lng: roundDegrees(facts.lng) } },
    warnings,
  }
}

/** A tariff of a zone without a fee contradicts it. */
function checkPrice({ tariff, fee, feeConditional }: ZoneFacts): Read<Tariff> {
  if (tariff !== null && fee === 'free' && feeConditional === null) {
    return { value: null, warning: 'its tariff contradicts its fee, which is free; kept as unknown' }
  }
  return readTariff(tariff)
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
