import {
  checkZone,
  everyVehicle,
  readBoolean,
  readCapacity,
  UNKNOWN_FACTS,
  type Read,
  type SourceZone,
} from '@kickstand/domain'
import { readPlace, type LegacyFields } from './legacy-fields.ts'

export type MappedZone =
  | { readonly zone: SourceZone; readonly warnings: readonly string[] }
  | { readonly refused: string }

/**
 * A zone of the predecessor. Its `available_spots` is a figure of one moment long gone and is left; what it says of price and law
 * was typed by anybody and is left too.
 */
export function mapZone(fields: LegacyFields): MappedZone {
  const ref = fields.text('id', 'uuid', 'zoneid')
  if (ref === null) return { refused: 'has no id' }
  if (isOff(fields)) return { refused: 'was switched off in the predecessor' }
  const { lat, lng } = readPlace(fields)
  const capacity = readSpaces(fields)
  const covered = readBoolean(fields.raw('covered', 'iscovered'))
  const lit = readBoolean(fields.raw('lit', 'islit', 'haslighting'))
  const surveillance = readBoolean(fields.raw('surveillance', 'hascctv', 'cctv', 'hascamera'))
  const checked = checkZone(ref, {
    ...UNKNOWN_FACTS,
    name: fields.text('name', 'title', 'zonename'),
    lat: lat ?? Number.NaN,
    lng: lng ?? Number.NaN,
    vehicles: { ...everyVehicle('unknown'), motorcycle: 'yes' },
    capacity: capacity.value,
    covered: covered.value,
    lit: lit.value,
    surveillance: surveillance.value,
    // As somebody typed it, which is seldom the syntax that hours are reckoned from.
    signText: fields.text('openinghours', 'hours'),
  })
  if (checked.zone === null) return { refused: checked.reason }
  const warnings = [capacity, covered, lit, surveillance].flatMap(({ warning }) => warning ?? [])
  return { zone: checked.zone, warnings: [...checked.warnings, ...warnings] }
}

function isOff(fields: LegacyFields): boolean {
  const active = readBoolean(fields.raw('isactive', 'active', 'enabled')).value
  const status = fields.text('status')?.toLowerCase() ?? ''
  return active === false || fields.raw('deletedat') !== null || ['inactive', 'deleted', 'disabled'].includes(status)
}

/** The motorcycle spaces that the predecessor had written down. */
export function readSpaces(fields: LegacyFields): Read<number> {
  return readCapacity(fields.raw('capacity', 'totalspots', 'totalspaces', 'totalcapacity', 'maxcapacity', 'spaces'))
}
