import { NearbyBodySchema, OPEN_ZONE_FIELDS, paths, ZoneSchema } from '@kickstand/contract'
import { FIELD_LIST, FILTER_FACTS } from '@kickstand/domain'
import { aFactValue } from '@kickstand/testkit'
import { forEachEngine } from '@kickstand/testkit/engines'
import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { csvHeader } from '#features/open-data/csv.ts'
import { expectShape } from './support/expect-shape.ts'
import { useService } from './support/use-service.ts'

// A new fact needs an entry in the table of fields, a migration and texts. These tests run for each entry.

const FIELDS = FIELD_LIST.map((field) => [field.name, field] as const)
const idOf = (at: number): string => `field${String(at).padStart(4, '0')}`
/** A zone for each field, of which only that one is known. */
const ZONES = FIELD_LIST.map((field, at) => ({
  id: idOf(at),
  name: null,
  capacity: null,
  kind: null,
  lat: 37.7936 + at * 0.0001,
  [field.name]: aFactValue(field),
}))

describe('every field', () => {
  it.each(FIELDS)('%s is in the schema of a zone and a column of the CSV', (name) => {
    expect(Object.keys(ZoneSchema.properties)).toContain(name)
    expect(OPEN_ZONE_FIELDS).toContain(name)
    expect(csvHeader().trim().split(',')).toContain(name)
  })
})

forEachEngine((engine) => {
  const at = useService(engine, { zones: ZONES })
  const json = async (path: string): Promise<unknown> => (await at().get(path)).json()

  it.each(FIELDS.map(([name, field], i) => [name, field, idOf(i)] as const))(
    '%s is stored, and is in the answer with one zone',
    async (name, field, id) => {
      const zone = expectShape(ZoneSchema, await json(paths.zone(id)))
      expect(zone[name]).toEqual(aFactValue(field))
      for (const other of FIELD_LIST) {
        if (other.name !== name) expect(zone[other.name] ?? null, other.name).toBeNull()
      }
    },
  )

  it('lists have the facts that the table says', async () => {
    const path = `${paths.nearby()}?lat=37.7936&lng=-122.3958&limit=100`
    const { zones } = expectShape(NearbyBodySchema, await json(path))
    const byId = new Map(zones.map((zone) => [zone.id, zone]))
    for (const [i, field] of FIELD_LIST.entries()) {
      const [own, other] = [byId.get(idOf(i)), byId.get(idOf(i === 0 ? 1 : 0))]
      expect(own?.[field.name], field.name).toEqual(field.inLists === 'never' ? undefined : aFactValue(field))
      expect(other !== undefined && field.name in other, field.name).toBe(field.inLists === 'always')
    }
  })

  it('the CSV and GeoJSON have every fact', async () => {
    const csv: Record<string, string>[] = parse(await (await at().get(paths.zonesCsv())).text(), { columns: true })
    const byId = new Map(csv.map((row) => [row['id'], row]))
    for (const [i, field] of FIELD_LIST.entries()) {
      const value = aFactValue(field)
      const cell = typeof value === 'object' ? JSON.stringify(value) : String(value)
      expect(byId.get(idOf(i))?.[field.name], field.name).toBe(cell)
      expect(await json(paths.ogcItem(idOf(i)))).toMatchObject({ properties: { [field.name]: value } })
    }
  })

  it.each(FILTER_FACTS)('%s is a filter', async (name) => {
    const index = FIELD_LIST.findIndex((field) => field.name === name)
    const path = `${paths.nearby()}?lat=37.7936&lng=-122.3958&limit=100&${name}=yes`
    const { zones } = expectShape(NearbyBodySchema, await json(path))
    expect(zones.map(({ id }) => id)).toEqual([idOf(index)])
  })
})
