import { everyVehicle, type MayPark, type Vehicle, type VehicleRules } from '../vehicles/vehicle.ts'
import { accessOfWord, motorcycleAccess, motorVehicleAccess, osmAccessOf } from './osm-access.ts'
import type { OsmTags } from './osm-special.ts'
import type { Access } from './fields/vocabularies.ts'
import type { ZoneFacts } from './zone.ts'

type Permission = Pick<ZoneFacts, 'vehicles' | 'access' | 'accessConditional'>

/**
 * Who may park, by OSM's access tags. Motorcycles may park where nothing is tagged, because the object is motorcycle parking. An
 * unreadable tag makes it unknown. For other vehicles only tagged values are known.
 */
export function permissionOf(tags: OsmTags): Permission {
  const { plain, ofVehicles, conditional } = motorcycleAccess(tags)
  const general = accessOfWord(tags['access'] ?? null)
  if (plain === 'unknown') return permission(tags, 'unknown', null, conditional)
  if (plain !== 'no') return permission(tags, 'yes', plain, conditional)
  // Conditions can only lift a ban on access. A ban on the vehicle holds at all times.
  if (!ofVehicles || conditional !== null) return permission(tags, 'yes', 'private', conditional)
  return permission(tags, 'no', general, null)
}

function permission(
  tags: OsmTags,
  motorcycle: MayPark,
  access: Access | null,
  accessConditional: string | null,
): Permission {
  return { vehicles: vehiclesOf(tags, motorcycle, access), access, accessConditional }
}

const VEHICLE_KEYS: ReadonlyArray<readonly [Vehicle, readonly string[], readonly string[]]> = [
  ['moped', ['moped', 'mofa'], ['moped', 'mofa']],
  ['scooter', ['motor_scooter', 'scooter'], ['scooter', 'motor_scooter']],
  ['sidecar', ['sidecar'], ['sidecar']],
  ['electric', ['electric_motorcycle', 'motorcycle:electric'], ['electric']],
  ['heavy', ['heavy_motorcycle', 'motorcycle:heavy'], ['heavy']],
]

function vehiclesOf(tags: OsmTags, motorcycle: MayPark, access: Access | null): VehicleRules {
  const types = (tags['motorcycle:type'] ?? '').split(';').map((word) => word.trim().toLowerCase())
  const inherited = answerOf(motorVehicleAccess(tags), access) === 'no' ? 'no' : 'unknown'
  const rules: Record<Vehicle, MayPark> = { ...everyVehicle('unknown'), motorcycle }
  for (const [vehicle, keys, words] of VEHICLE_KEYS) {
    const key = keys.find((one) => tags[one] !== undefined || tags[`${one}:conditional`] !== undefined)
    const isOfType = motorcycle === 'yes' && words.some((word) => types.includes(word))
    if (key === undefined) rules[vehicle] = isOfType ? 'yes' : inherited
    // Zones have no field for conditions of a single kind of vehicle.
    else
      rules[vehicle] = tags[`${key}:conditional`] === undefined ? answerOf(osmAccessOf(tags[key]), access) : 'unknown'
  }
  return rules
}

/** A vehicle may park where its tag means public, or has the same meaning as the access of the zone. */
function answerOf(meaning: ReturnType<typeof osmAccessOf>, access: Access | null): MayPark {
  if (meaning === 'public' || (meaning !== null && meaning === access)) return 'yes'
  return meaning === 'no' || meaning === 'private' ? 'no' : 'unknown'
}
