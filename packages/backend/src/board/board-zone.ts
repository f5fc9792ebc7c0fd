import { MAY_PARK, VEHICLES, type Fee, type Vehicle, type ZoneStatus } from '@kickstand/domain'
import type { ZonesTable } from '#db/schema.ts'

/** A zone as the board takes it: what searches look at, and its JSON in two parts (see `zone-bytes.ts`). */
export type BoardZone = {
  readonly id: string
  readonly lat: number
  readonly lng: number
  readonly capacity: number | null
  readonly status: ZoneStatus
  /** OSM opening_hours syntax, as the source has it. */
  readonly openingHours: string | null
  /** Three bits' worth of answers packed by `filterBits`. */
  readonly filters: number
  readonly head: string
  readonly traits: string
}

/** Where a zone is known from. */
export type ZoneOrigin = { readonly source: string; readonly ref: string; readonly simulated: boolean }

/** Answers of two bits each: 0 unknown, 1 yes / free, 2 no / paid. */
const VEHICLE_SHIFT: Record<Vehicle, number> = {
  moped: 0,
  scooter: 2,
  motorcycle: 4,
  heavy: 6,
  sidecar: 8,
  electric: 10,
}
const FEE_SHIFT = 12
const COVERED_SHIFT = 14
const NO = 2

const VEHICLE_BITS: Record<string, number> = { unknown: 0, yes: 1, no: NO }
const FEE_BITS: Record<string, number> = { free: 1, paid: NO }

/** What a reader asks for. Each narrows the answer; an unknown fact never matches `free` or `covered`. */
export type ZoneFilter = { readonly vehicle?: Vehicle; readonly free?: Fee; readonly covered?: boolean }

/** A test of packed answers. A vehicle is let in unless it is known that it may not park. */
export function filterTest(filter: ZoneFilter): (bits: number) => boolean {
  const { vehicle, free, covered } = filter
  if (vehicle === undefined && free === undefined && covered === undefined) return () => true
  const shift = vehicle === undefined ? -1 : VEHICLE_SHIFT[vehicle]
  const fee = free === undefined ? -1 : FEE_BITS[free]
  const roof = covered === undefined ? -1 : covered ? 1 : NO
  return (bits) =>
    (shift < 0 || ((bits >>> shift) & 3) !== NO) &&
    (fee < 0 || ((bits >>> FEE_SHIFT) & 3) === fee) &&
    (roof < 0 || ((bits >>> COVERED_SHIFT) & 3) === roof)
}

function filterBits(row: ZonesTable, vehicles: Readonly<Record<string, string>>): number {
  let bits = 0
  for (const vehicle of VEHICLES) bits |= (VEHICLE_BITS[vehicles[vehicle]] ?? 0) << VEHICLE_SHIFT[vehicle]
  bits |= (row.fee === null ? 0 : FEE_BITS[row.fee]) << FEE_SHIFT
  if (row.covered !== null) bits |= (row.covered === 1 ? 1 : NO) << COVERED_SHIFT
  return bits
}

const flag = (value: number | null): string => (value === null ? 'null' : value === 1 ? 'true' : 'false')
const text = (value: string | null): string => (value === null ? 'null' : JSON.stringify(value))

/** A row of `zones` with its origins, as the board holds it. Its JSON is that of the contract's Zone. */
export function toBoardZone(row: ZonesTable, origins: readonly ZoneOrigin[]): BoardZone {
  const vehicles = parseVehicles(row.vehicles)
  const own = [
    `{"id":"${row.id}","lat":${row.lat},"lng":${row.lng},"capacity":${row.capacity ?? 'null'}`,
    `"sources":[${origins.map(({ source, ref }) => `{"id":${text(source)},"ref":${text(ref)}}`).join(',')}]`,
  ]
  const shared = [
    `,"kind":${text(row.kind)},"vehicles":${JSON.stringify(vehicles)},"access":${text(row.access)},"fee":${text(row.fee)}`,
    `"covered":${flag(row.covered)},"lit":${flag(row.lit)},"surveillance":${flag(row.surveillance)},"anchors":${flag(row.anchors)}`,
    `"surface":${text(row.surface)},"maxStay":${row.max_stay ?? 'null'},"charging":${flag(row.charging)}`,
    `"status":${text(row.status)},"simulated":${origins.some((origin) => origin.simulated)}`,
  ]
  // Texts that most zones lack go with the shared part where they are null, and with the zone's own where they are not.
  const texts = [
    ['name', text(row.name)],
    ['outline', row.outline ?? 'null'],
    ['feeNote', text(row.fee_note)],
    ['operator', text(row.operator)],
    ['openingHours', text(row.opening_hours)],
    ['signText', text(row.sign_text)],
  ]
  for (const [name, json] of texts) (json === 'null' ? shared : own).push(`"${name}":${json}`)
  return {
    id: row.id,
    lat: row.lat,
    lng: row.lng,
    capacity: row.capacity,
    status: parseStatus(row.status),
    openingHours: row.opening_hours,
    filters: filterBits(row, vehicles),
    head: own.join(','),
    traits: shared.join(','),
  }
}

function parseVehicles(json: string): Record<string, string> {
  const stored: unknown = JSON.parse(json)
  const answers: Record<string, string> = {}
  for (const vehicle of VEHICLES) {
    const answer: unknown = typeof stored === 'object' && stored !== null ? Reflect.get(stored, vehicle) : undefined
    answers[vehicle] = MAY_PARK.find((one) => one === answer) ?? 'unknown'
  }
  return answers
}

function parseStatus(stored: string): ZoneStatus {
  return stored === 'retired' || stored === 'missing' ? stored : 'active'
}
