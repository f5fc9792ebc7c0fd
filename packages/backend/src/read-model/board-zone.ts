import {
  ACCESS,
  everyVehicle,
  FEES,
  MAY_PARK,
  VEHICLES,
  type MayPark,
  type RuleFacts,
  type Vehicle,
  type VehicleRules,
  type ZoneStatus,
} from '@kickstand/domain'
import type { Row } from '#db/schema.ts'
import { filterBits, UNKNOWN, vehicleMask, YES } from './filter-bits.ts'

/** A zone as the board stores it: the fields that searches use, and its JSON in parts (see `zone-bytes.ts`). */
export type BoardZone = {
  readonly id: string
  readonly lat: number
  readonly lng: number
  readonly capacity: number | null
  readonly kind: string | null
  readonly status: ZoneStatus
  /** OSM opening_hours syntax, as the source has it. */
  readonly openingHours: string | null
  /** Epoch milliseconds; null for a zone that is not blocked. */
  readonly blockedUntil: number | null
  /** Packed by `filterBits`. */
  readonly filters: number
  readonly law: RuleFacts
  /** Equal for zones with equal `law`. */
  readonly lawKey: string
  readonly head: string
  readonly rules: string
  readonly facilities: string
}

/** The entry of a source that a zone is made from. */
export type ZoneOrigin = { readonly source_id: string; readonly ref: string }

const NO_SOURCES: ReadonlySet<string> = new Set()

const flag = (value: number | null): string => (value === null ? 'null' : value === 1 ? 'true' : 'false')
const textOrNull = (value: string | null): string | null => (value === null ? null : JSON.stringify(value))
const text = (value: string | null): string => textOrNull(value) ?? 'null'

/**
 * Converts a row of `zones` with its origins; `simulated` holds the ids of simulated sources. The JSON is that of the
 * contract's Zone. Called a million times in a row at start, hence without arrays: V8 would allocate those as
 * long-lived objects, and their strings would stay until the heap has doubled.
 */
export function toBoardZone(
  row: Row<'zones'>,
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

  // Fields that most zones lack: null is written to the shared part, a value to the zone's own part.
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
  // Omitted when null: few zones have them.
  if (row.access_conditional !== null) head += `,"accessConditional":${text(row.access_conditional)}`
  if (row.fee_conditional !== null) head += `,"feeConditional":${text(row.fee_conditional)}`
  if (row.max_stay_conditional !== null) head += `,"maxStayConditional":${text(row.max_stay_conditional)}`
  if (row.blocked_until !== null) head += `,"blockedUntil":"${new Date(row.blocked_until).toISOString()}"`
  return {
    id: row.id,
    lat: row.lat,
    lng: row.lng,
    capacity: row.capacity,
    kind: row.kind,
    status: parseStatus(row.status),
    openingHours: row.opening_hours,
    blockedUntil: row.blocked_until,
    filters: filterBits(row, vehicles.bits),
    law: lawOf(row, vehicles.rules),
    lawKey: `${vehicles.json}${row.access}${row.fee}${row.max_stay}${row.opening_hours}|${row.sign_text}|${row.access_conditional}|${row.fee_conditional}|${row.max_stay_conditional}`,
    head,
    rules,
    facilities,
  }
}

function lawOf(row: Row<'zones'>, vehicles: VehicleRules): RuleFacts {
  return {
    vehicles,
    access: ACCESS.find((access) => access === row.access) ?? null,
    accessConditional: row.access_conditional,
    fee: FEES.find((fee) => fee === row.fee) ?? null,
    feeConditional: row.fee_conditional,
    openingHours: row.opening_hours,
    signText: row.sign_text,
    maxStay: row.max_stay,
    maxStayConditional: row.max_stay_conditional,
  }
}

type Vehicles = { readonly rules: VehicleRules; readonly json: string; readonly bits: number }

/** Parsed vehicle rules by their stored text: few different texts for many zones. */
const readRules = new Map<string, Vehicles>()
const RULES_KEPT = 1000

function readVehicles(stored: string): Vehicles {
  const known = readRules.get(stored)
  if (known !== undefined) return known
  const rules: unknown = JSON.parse(stored)
  const answers: Record<Vehicle, MayPark> = { ...everyVehicle('unknown') }
  let bits = 0
  for (const vehicle of VEHICLES) {
    const answer: unknown = typeof rules === 'object' && rules !== null ? Reflect.get(rules, vehicle) : undefined
    const may = MAY_PARK.find((one) => one === answer) ?? 'unknown'
    answers[vehicle] = may
    bits |= may === 'no' ? 0 : vehicleMask(vehicle, may === 'yes' ? YES : UNKNOWN)
  }
  const read = { rules: answers, json: JSON.stringify(answers), bits }
  if (readRules.size < RULES_KEPT) readRules.set(stored, read)
  return read
}

function parseStatus(stored: string): ZoneStatus {
  return stored === 'retired' || stored === 'missing' ? stored : 'active'
}
