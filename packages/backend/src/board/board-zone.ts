import { MAY_PARK, VEHICLES, type Fee, type Vehicle, type ZoneStatus } from '@kickstand/domain'
import type { ZonesTable } from '#db/schema.ts'

/** A zone as the board takes it: what searches look at, and its JSON in parts (see `zone-bytes.ts`). */
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
  readonly rules: string
  readonly facilities: string
}

/** Where a zone is known from. */
export type ZoneOrigin = { readonly source_id: string; readonly ref: string }

const NO_SOURCES: ReadonlySet<string> = new Set()

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

function filterBits(row: ZonesTable, vehicleBits: number): number {
  let bits = vehicleBits
  bits |= (row.fee === null ? 0 : FEE_BITS[row.fee]) << FEE_SHIFT
  if (row.covered !== null) bits |= (row.covered === 1 ? 1 : NO) << COVERED_SHIFT
  return bits
}

const flag = (value: number | null): string => (value === null ? 'null' : value === 1 ? 'true' : 'false')
const textOrNull = (value: string | null): string | null => (value === null ? null : JSON.stringify(value))
const text = (value: string | null): string => textOrNull(value) ?? 'null'

/**
 * A row of `zones` with its origins, as the board holds it; `simulated` names the sources of zones that do not exist. Its
 * JSON is that of the contract's Zone. Made a million times in a row at start, hence without lists: the engine takes those
 * for long-lived here, and they would keep the texts that they name until the heap has grown to twice its size.
 */
export function toBoardZone(
  row: ZonesTable,
  origins: readonly ZoneOrigin[],
  simulated: ReadonlySet<string> = NO_SOURCES,
): BoardZone {
  const vehicles = readVehicles(row.vehicles)
  let sources = ''
  let isSimulated = false
  for (const { source_id, ref } of origins) {
    sources += `${sources === '' ? '' : ','}{"id":${text(source_id)},"ref":${text(ref)}}`
    if (simulated.has(source_id)) isSimulated = true
  }
  let head = `{"id":"${row.id}","lat":${row.lat},"lng":${row.lng},"capacity":${row.capacity ?? 'null'},"sources":[${sources}]`
  if (row.capacity_estimated === 1) head += ',"capacityEstimated":true'
  const rules = `,"kind":${text(row.kind)},"vehicles":${vehicles.json},"access":${text(row.access)},"fee":${text(row.fee)},"status":${text(row.status)},"simulated":${isSimulated}`
  let facilities =
    `,"covered":${flag(row.covered)},"lit":${flag(row.lit)},"surveillance":${flag(row.surveillance)},"anchors":${flag(row.anchors)}` +
    `,"surface":${text(row.surface)},"maxStay":${row.max_stay ?? 'null'},"charging":${flag(row.charging)}`

  // Texts that most zones lack go with the shared part where they are null, and with the zone's own where they are not.
  function add(name: string, json: string | null): void {
    if (json === null) facilities += `,"${name}":null`
    else head += `,"${name}":${json}`
  }
  add('name', textOrNull(row.name))
  add('outline', row.outline)
  add('feeNote', textOrNull(row.fee_note))
  add('operator', textOrNull(row.operator))
  add('openingHours', textOrNull(row.opening_hours))
  add('signText', textOrNull(row.sign_text))
  return {
    id: row.id,
    lat: row.lat,
    lng: row.lng,
    capacity: row.capacity,
    status: parseStatus(row.status),
    openingHours: row.opening_hours,
    filters: filterBits(row, vehicles.bits),
    head,
    rules,
    facilities,
  }
}

type Vehicles = { readonly json: string; readonly bits: number }

/** Rules as stored, and read. There are few different ones, and many zones. */
const readRules = new Map<string, Vehicles>()
const RULES_KEPT = 1000

function readVehicles(stored: string): Vehicles {
  const known = readRules.get(stored)
  if (known !== undefined) return known
  const rules: unknown = JSON.parse(stored)
  const answers: Record<string, string> = {}
  let bits = 0
  for (const vehicle of VEHICLES) {
    const answer: unknown = typeof rules === 'object' && rules !== null ? Reflect.get(rules, vehicle) : undefined
    const may = MAY_PARK.find((one) => one === answer) ?? 'unknown'
    answers[vehicle] = may
    bits |= VEHICLE_BITS[may] << VEHICLE_SHIFT[vehicle]
  }
  const read = { json: JSON.stringify(answers), bits }
  if (readRules.size < RULES_KEPT) readRules.set(stored, read)
  return read
}

function parseStatus(stored: string): ZoneStatus {
  return stored === 'retired' || stored === 'missing' ? stored : 'active'
}
