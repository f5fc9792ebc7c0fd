import {
  ACCESS,
  everyVehicle,
  FEES,
  FIELD_LIST,
  MAY_PARK,
  VEHICLES,
  type MayPark,
  type NamedField,
  type RuleFacts,
  type Vehicle,
  type VehicleRules,
  type ZoneStatus,
} from '@kickstand/domain'
import type { FactColumn, FactColumns } from '#db/fact-columns.ts'
import type { Row } from '#db/schema.ts'
import { filterBits, vehicleBits } from './filter-bits.ts'

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
  /** Facts that lists leave out, as members of a JSON object; null where all are unknown. */
  readonly details: string | null
}

/** The entry of a source that a zone is made from. */
export type ZoneOrigin = { readonly source_id: string; readonly ref: string }

const NO_SOURCES: ReadonlySet<string> = new Set()

/** Writes a fact as a member of a JSON object. Members that occur often are ready as text. */
type Writer = {
  readonly column: FactColumn
  readonly member: string
  readonly unknown: string
  readonly yes: string
  readonly no: string
  readonly form: 'flag' | 'json' | 'text'
}

function writerOf({ name, column, type }: NamedField): Writer {
  const member = `,"${name}":`
  return {
    // The table of fields defines the columns.
    column: column as FactColumn,
    member,
    unknown: `${member}null`,
    yes: `${member}true`,
    no: `${member}false`,
    // The database holds tariffs as JSON.
    form: type === 'flag' ? 'flag' : ['count', 'seconds', 'tariff'].includes(type) ? 'json' : 'text',
  }
}

function memberOf(writer: Writer, row: FactColumns): string {
  const value = row[writer.column]
  if (value === null) return writer.unknown
  if (writer.form === 'flag') return value === 1 ? writer.yes : writer.no
  return writer.member + (writer.form === 'json' ? value : JSON.stringify(value))
}

function writersOf(isPart: (field: NamedField) => boolean): readonly Writer[] {
  return FIELD_LIST.filter(isPart).map(writerOf)
}

// The parts of a zone's JSON. Values that many zones have in common are in shared parts. In lists of few different values
// (`choice`, `flag`, `word`, `seconds`) so is null; a text of its own is in the zone's own part.
const isListed = ({ inLists }: NamedField): boolean => inLists === 'always'
const RULES = writersOf((field) => isListed(field) && field.type === 'choice')
const FACILITIES = writersOf((field) => isListed(field) && ['flag', 'word', 'seconds'].includes(field.type))
const COUNTS = writersOf((field) => isListed(field) && field.type === 'count')
/** Most zones lack them: null is in the shared part, a value in the zone's own. */
const TEXTS = writersOf((field) => isListed(field) && (field.type === 'text' || field.type === 'tariff'))
const RARE = writersOf(({ inLists }) => inLists === 'if-known')
const DETAILS = writersOf(({ inLists }) => inLists === 'never')
/** The details of a zone where all are unknown. */
export const NO_DETAILS = DETAILS.map(({ unknown }) => unknown).join('')

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
    sources += `${sources === '' ? '' : ','}{"id":${JSON.stringify(source_id)},"ref":${JSON.stringify(ref)}}`
    if (simulated.has(source_id)) isSimulated = true
  }
  let head = `{"id":"${row.id}","lat":${row.lat},"lng":${row.lng}`
  for (const writer of COUNTS) head += memberOf(writer, row)
  head += `,"sources":[${sources}]`
  if (row.capacity_estimated === 1) head += ',"capacityEstimated":true'
  let rules = `,"vehicles":${vehicles.json}`
  for (const writer of RULES) rules += memberOf(writer, row)
  rules += `,"status":${JSON.stringify(row.status)},"simulated":${isSimulated}`
  let facilities = ''
  for (const writer of FACILITIES) facilities += memberOf(writer, row)
  for (const writer of TEXTS) {
    if (row[writer.column] === null) facilities += writer.unknown
    else head += memberOf(writer, row)
  }
  if (row.outline === null) facilities += ',"outline":null'
  else head += `,"outline":${row.outline}`
  for (const writer of RARE) if (row[writer.column] !== null) head += memberOf(writer, row)
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
    details: detailsOf(row),
  }
}

/** Null where all details are unknown. */
function detailsOf(row: FactColumns): string | null {
  let json = ''
  let isKnown = false
  for (const writer of DETAILS) {
    json += memberOf(writer, row)
    if (row[writer.column] !== null) isKnown = true
  }
  return isKnown ? json : null
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
  for (const vehicle of VEHICLES) {
    const answer: unknown = typeof rules === 'object' && rules !== null ? Reflect.get(rules, vehicle) : undefined
    answers[vehicle] = MAY_PARK.find((one) => one === answer) ?? 'unknown'
  }
  const read = { rules: answers, json: JSON.stringify(answers), bits: vehicleBits(answers) }
  if (readRules.size < RULES_KEPT) readRules.set(stored, read)
  return read
}

function parseStatus(stored: string): ZoneStatus {
  return stored === 'retired' || stored === 'missing' ? stored : 'active'
}
