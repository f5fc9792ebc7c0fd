import { describe, expect, it } from 'vitest'
import { everyVehicle, VEHICLES } from '../vehicles/vehicle.ts'
import { createFieldCounts, keepFields, type KeptField } from './emptied-fields.ts'
import { mapFields, PLAIN_FIELDS } from './fields/field-lists.ts'
import { sampleValue } from './fields/fixtures.ts'
import { UNKNOWN_FACTS, type ZoneFacts } from './zone.ts'

const BARE: ZoneFacts = { ...UNKNOWN_FACTS, lat: 50, lng: 8, vehicles: everyVehicle('unknown') }
const LINE = { type: 'LineString', coordinates: [[8, 50] as const, [8.001, 50] as const] } as const
// The table of fields defines the types as well as the sample values.
const FULL = {
  ...BARE,
  ...mapFields(sampleValue),
  capacityEstimated: true,
  outline: LINE,
  vehicles: everyVehicle('no'),
} as ZoneFacts
const FIELDS: readonly KeptField[] = [...PLAIN_FIELDS, 'outline', ...VEHICLES.map((one) => `vehicles.${one}` as const)]

/** The full facts without one field. */
function without(field: KeptField): ZoneFacts {
  const vehicle = VEHICLES.find((one) => field === `vehicles.${one}`)
  if (vehicle !== undefined) return { ...FULL, vehicles: { ...FULL.vehicles, [vehicle]: 'unknown' } }
  return { ...FULL, [field]: null, ...(field === 'capacity' ? { capacityEstimated: null } : {}) }
}

describe('a column that was dropped', () => {
  it.each(FIELDS)('%s is found, and its value kept', (field) => {
    const counts = createFieldCounts()
    for (let i = 0; i < 5; i += 1) counts.add(FULL, without(field))
    expect(counts.emptied()).toEqual([{ field, had: 5, of: 5 }])
    expect(keepFields(FULL, without(field), [field])).toEqual(FULL)
    expect(keepFields(FULL, without(field), [])).toEqual(without(field))
  })

  it('is not one where a zone still has a value, few had one, or there are hardly any zones', () => {
    const one = createFieldCounts()
    for (let i = 0; i < 50; i += 1) one.add(FULL, i === 7 ? FULL : without('name'))
    expect(one.emptied()).toEqual([])
    const few = createFieldCounts()
    for (let i = 0; i < 50; i += 1) few.add(i < 39 ? FULL : without('name'), without('name'))
    expect(few.emptied()).toEqual([])
    const most = createFieldCounts()
    for (let i = 0; i < 50; i += 1) most.add(i < 40 ? FULL : without('name'), without('name'))
    expect(most.emptied()).toEqual([{ field: 'name', had: 40, of: 50 }])
    const two = createFieldCounts()
    for (let i = 0; i < 2; i += 1) two.add(FULL, BARE)
    expect(two.emptied()).toEqual([])
  })
})
