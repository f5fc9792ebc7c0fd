import { VEHICLES } from '../vehicles/vehicle.ts'
import { PLAIN_FIELDS } from './fields/field-lists.ts'
import type { FactField } from './merge-facts.ts'
import type { ZoneFacts } from './zone.ts'

/** A field of a zone whose value can be kept independently. */
export type KeptField = Exclude<FactField, 'place'> | 'outline'

/** A column counts as lost where at least this share of a source's zones had the field and none has it now. */
const LOST_COLUMN_SHARE = 0.8
/** Minimum number of zones for a meaningful share. */
const MIN_ZONES = 3

/** Counts the known fields of zones, before and after an import. */
export type FieldCounts = {
  add(before: Partial<ZoneFacts>, after: Partial<ZoneFacts>): void
  /** Fields that nearly all zones had and none has now: their columns were dropped or renamed. */
  emptied(): { readonly field: KeptField; readonly had: number; readonly of: number }[]
}

const FIELDS: readonly KeptField[] = [...PLAIN_FIELDS, 'outline', ...VEHICLES.map((one) => `vehicles.${one}` as const)]

/** Counts of no zones. */
export function createFieldCounts(): FieldCounts {
  const had = new Uint32Array(FIELDS.length)
  const has = new Uint32Array(FIELDS.length)
  let zones = 0
  return {
    add(before, after) {
      zones += 1
      for (const [i, field] of FIELDS.entries()) {
        if (isKnown(before, field)) had[i] += 1
        if (isKnown(after, field)) has[i] += 1
      }
    },
    emptied() {
      return FIELDS.flatMap((field, i) => {
        const lost = zones >= MIN_ZONES && has[i] === 0 && had[i] >= LOST_COLUMN_SHARE * zones
        return lost ? [{ field, had: had[i], of: zones }] : []
      })
    },
  }
}

/** The new facts with the former values of fields that were emptied. */
export function keepFields(before: Partial<ZoneFacts>, after: ZoneFacts, fields: readonly KeptField[]): ZoneFacts {
  let kept = after
  for (const field of fields) {
    if (!isKnown(before, field) || isKnown(after, field)) continue
    const vehicle = vehicleOf(field)
    if (vehicle !== undefined) {
      const former = before.vehicles?.[vehicle] ?? 'unknown'
      kept = { ...kept, vehicles: { ...kept.vehicles, [vehicle]: former } }
    } else kept = { ...kept, [field]: Reflect.get(before, field) }
    if (field === 'capacity') kept = { ...kept, capacityEstimated: before.capacityEstimated ?? null }
  }
  return kept
}

function vehicleOf(field: KeptField) {
  return VEHICLES.find((vehicle) => field === `vehicles.${vehicle}`)
}

function isKnown(facts: Partial<ZoneFacts>, field: KeptField): boolean {
  const vehicle = vehicleOf(field)
  if (vehicle !== undefined) return (facts.vehicles?.[vehicle] ?? 'unknown') !== 'unknown'
  const value: unknown = Reflect.get(facts, field)
  return value !== null && value !== undefined
}
