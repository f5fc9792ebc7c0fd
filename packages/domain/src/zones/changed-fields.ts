import { VEHICLES } from '../vehicles/vehicle.ts'
import { PLAIN_FIELDS } from './fields/field-lists.ts'
import type { FactField } from './merge-facts.ts'
import type { ZoneFacts } from './zone.ts'

/** The fields in which two versions of a source's facts of a zone differ. */
export function changedFields(before: Partial<ZoneFacts>, after: Partial<ZoneFacts>): FactField[] {
  const changed: FactField[] = PLAIN_FIELDS.filter((field) => !isSame(before[field] ?? null, after[field] ?? null))
  const isEstimated = ({ capacityEstimated }: Partial<ZoneFacts>): boolean => capacityEstimated === true
  if (isEstimated(before) !== isEstimated(after) && !changed.includes('capacity')) changed.push('capacity')
  const place = ({ lat, lng, outline }: Partial<ZoneFacts>): string => JSON.stringify([lat, lng, outline ?? null])
  if (place(before) !== place(after)) changed.push('place')
  for (const vehicle of VEHICLES) {
    const answer = (facts: Partial<ZoneFacts>): string => facts.vehicles?.[vehicle] ?? 'unknown'
    if (answer(before) !== answer(after)) changed.push(`vehicles.${vehicle}`)
  }
  return changed
}

/** Tariffs have a canonical form, so equal ones have the same JSON. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
