import { readText } from '@kickstand/domain'
import { readTime, timeRules } from '#time/feed-time.ts'
import { type Fields, fieldsOf, idOf, isFields, listOf } from '#values.ts'
import { readingRow } from './reading.ts'
import { isAllMotorcycles, type Standard, type Supply } from './standard.ts'

/**
 * ParkAPI: version 3 has sites (`uid`, `realtime_…`) and single spots; version 1 has lots (`coords`, `free`, `total`,
 * `state`). Both are for cars unless a record states otherwise in its purpose, its only restriction, or its type.
 */
export const parkApi: Standard<Fields> = {
  label: 'ParkAPI',
  recognises: (record) =>
    ('uid' in record && 'lat' in record && 'lon' in record) ||
    ('total' in record && 'free' in record && ('coords' in record || 'lot_type' in record)) ||
    'realtime_free_capacity' in record ||
    hasClasses(record),
  where: (record) => idOf(refOf(record)) ?? readText(record['name']),
  zones(record, profile) {
    if (hasClasses(record)) return classZone(record)
    if (!isForMotorcycles(record) && !isAllMotorcycles(profile)) return []
    const coords = fieldsOf(record['coords'])
    return [
      {
        ref: idOf(refOf(record)),
        lat: record['lat'] ?? coords['lat'],
        lng: record['lon'] ?? coords['lng'],
        name: record['name'],
        capacity: record['capacity'] ?? record['total'] ?? (isSpot(record) ? 1 : undefined),
        kind: kindOf(readText(record['type'] ?? record['lot_type'])),
        operator: record['operator_name'],
        openingHours: readText(record['opening_hours']),
        feeNote: readText(record['fee_description']),
        fee: record['has_fee'] === true ? 'paid' : record['has_fee'] === false ? 'free' : null,
        covered: typeof record['is_covered'] === 'boolean' ? record['is_covered'] : null,
        maxStay: shortestStay(record),
      },
    ]
  },
  readings(record, { profile, at }) {
    const classes = hasClasses(record)
    if (!classes && !isForMotorcycles(record) && !isAllMotorcycles(profile)) return []
    const where = readText(record['name']) ?? 'a record'
    const free = classes
      ? fieldsOf(record['free_capacity'])['motorcycle']
      : (record['realtime_free_capacity'] ?? record['free'])
    if (classes && free === undefined) return []
    return [
      readingRow(
        {
          ref: refOf(record),
          free,
          capacity: classes
            ? fieldsOf(record['capacity'])['motorcycle']
            : (record['realtime_capacity'] ?? record['capacity'] ?? record['total']),
          available: isSpot(record) ? spotFree(record) : null,
          closed: closedOf(record['realtime_opening_status'] ?? record['state']),
          at: readTime(record['realtime_data_updated_at'] ?? record['time'], timeRules(profile)) ?? at,
        },
        where,
      ),
    ]
  },
}

function refOf(record: Fields): unknown {
  return record['uid'] ?? record['original_uid'] ?? record['id']
}

/** Some states publish a site's spaces by vehicle class. */
function hasClasses(record: Fields): boolean {
  return isFields(record['capacity']) && isFields(record['free_capacity'])
}

function classZone(record: Fields): Supply[] {
  const spaces = fieldsOf(record['capacity'])['motorcycle']
  if (spaces === undefined || spaces === null || spaces === 0) return []
  const { lat, lng } = fieldsOf(record['location'])
  return [{ ref: idOf(refOf(record)), lat, lng, name: record['long_name'] ?? record['name'], capacity: spaces }]
}

const MOTORCYCLE_LOT = /\b(?:motor(?:cycle|bike|rad|räder|roller)|scooter|krad|moto)/i

function isForMotorcycles(record: Fields): boolean {
  const purpose = readText(record['purpose'])
  if (purpose !== null) return /^motor(?:cycle|bike)$/i.test(purpose)
  const subscriptions = listOf(record['restricted_to']).map((one) => readText(fieldsOf(one)['type']))
  if (subscriptions.length > 0 && subscriptions.every((one) => one?.toUpperCase() === 'MOTORCYCLE')) return true
  return MOTORCYCLE_LOT.test(readText(record['lot_type']) ?? '')
}

function isSpot(record: Fields): boolean {
  return 'realtime_status' in record
}

function spotFree(record: Fields): boolean | null {
  const status = readText(record['realtime_status'])
  return status === 'AVAILABLE' ? true : status === 'TAKEN' ? false : null
}

function closedOf(value: unknown): boolean | null {
  const word = readText(value)?.toLowerCase()
  return word === 'closed' ? true : word === 'open' ? false : null
}

function kindOf(type: string | null): Supply['kind'] {
  if (type === 'CAR_PARK' || type === 'UNDERGROUND' || type === 'Parkhaus' || type === 'Tiefgarage') return 'garage'
  if (type === 'ON_STREET') return 'bay'
  return type === 'OFF_STREET_PARKING_GROUND' || type === 'Parkplatz' ? 'lot' : null
}

/** The general limit of stay; limits of other groups do not apply to motorcycles. */
function shortestStay(record: Fields): unknown {
  const limits = listOf(record['restricted_to']).map(fieldsOf)
  return limits.find(({ type }) => type === undefined || type === 'MOTORCYCLE')?.['max_stay'] ?? record['max_stay']
}
