import {
  checkZone,
  everyVehicle,
  readBoolean,
  readCapacity,
  UNKNOWN_FACTS,
  type Read,
  type SourceZone,
} from '@kickstand/domain'
import { isOff } from './is-off.ts'
import { readPlace, type PredecessorFields } from './predecessor-fields.ts'

export type MappedZone =
  | { readonly zone: SourceZone; readonly warnings: readonly string[] }
  | { readonly rejected: string }

/**
 * Converts a zone of the predecessor. Its `available_spots` is outdated and is ignored, and so are its facts of price
 * and law, which anyone could enter.
 */
export function mapZone(fields: PredecessorFields): MappedZone {
  const ref = fields.text('id', 'uuid', 'zoneid')
  if (ref === null) return { rejected: 'has no id' }
  if (isOff(fields)) return { rejected: 'was switched off in the predecessor' }
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
    // As text, since user input is rarely in OSM syntax.
    signText: fields.text('openinghours', 'hours'),
  })
  if (checked.zone === null) return { rejected: checked.reason }
  const warnings = [capacity, covered, lit, surveillance].flatMap(({ warning }) => warning ?? [])
  return { zone: checked.zone, warnings: [...checked.warnings, ...warnings] }
}

/** The capacity that the predecessor stored. */
export function readSpaces(fields: PredecessorFields): Read<number> {
  return readCapacity(fields.raw('capacity', 'totalspots', 'totalspaces', 'totalcapacity', 'maxcapacity', 'spaces'))
}
