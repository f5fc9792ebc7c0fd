import { readText } from '@kickstand/domain'
import { geometryOf } from '#formats/geojson/geojson-geometry.ts'
import { readTime, timeRules } from '#time/feed-time.ts'
import { type Fields, fieldsOf, idOf, isFields } from '#values.ts'
import { readingRow } from './reading.ts'
import { isAllMotorcycles, onlyMotorcycles, type Standard, type Supply } from './standard.ts'

const TYPES = /^(?:.*[/:#])?(OnStreetParking|OffStreetParking|ParkingGroup|ParkingSpot)$/

/**
 * FIWARE parking entities, in NGSI v2 (short, or with types and metadata) and NGSI-LD. A site for motorcycles only is a
 * zone with its total; a site for several vehicles is a zone of its two-wheeler slots, with a reference of its own.
 */
export const fiware: Standard<Fields> = {
  label: 'FIWARE',
  recognises: (record) => TYPES.test(readText(record['type']) ?? '') && 'id' in record,
  where: (record) => idOf(record['id']),
  zones(record, profile) {
    const type = TYPES.exec(readText(record['type']) ?? '')?.[1]
    const entity = unwrapped(record)
    const supply = supplyOf(entity, profile)
    if (type === undefined || supply === null || supply.total === 0) return []
    const categories = new Set(words(entity['category']))
    const address = fieldsOf(entity['address'])
    return [
      {
        ref: supply.ref,
        geometry: geometryOf(entity['location']),
        name: entity['name'] ?? address['streetAddress'] ?? entity['description'],
        capacity: supply.total,
        kind: kindOf(type, categories, words(entity['layout'])),
        access: categories.has('private') ? 'private' : categories.has('public') ? 'public' : null,
        fee: categories.has('free') ? 'free' : categories.has('feeCharged') ? 'paid' : null,
        operator: entity['owner'],
        maxStay: entity['maximumParkingDuration'],
        vehicles: supply.vehicles ?? undefined,
      },
    ]
  },
  readings(record, { profile, at }) {
    const entity = unwrapped(record)
    const supply = supplyOf(entity, profile)
    if (supply === null) return []
    const times = [
      entity['observationDateTime'],
      entity['occupancyModified'],
      fieldsOf(record['availableSpotNumber'])['observedAt'],
      fieldsOf(fieldsOf(fieldsOf(record['availableSpotNumber'])['metadata'])['TimeInstant'])['value'],
      entity['dateModified'],
    ]
    const status = words(entity['status'])
    return [
      readingRow(
        {
          ref: supply.ref,
          free: supply.free,
          occupied: supply.occupied,
          capacity: supply.total,
          closed: status.some((word) => word.startsWith('closed')) ? true : status.includes('open') ? false : null,
          at: times.map((time) => readTime(time, timeRules(profile))).find((time) => time !== null) ?? at,
        },
        idOf(record['id']) ?? 'an entity',
      ),
    ]
  },
}

type Counted = {
  readonly ref: string | null
  readonly total: unknown
  readonly free: unknown
  readonly occupied: unknown
  readonly vehicles: Supply['vehicles'] | null
}

function supplyOf(entity: Fields, profile: Parameters<Standard<Fields>['zones']>[1]): Counted | null {
  const ref = idOf(entity['id'])
  const vehicles = onlyMotorcycles(words(entity['allowedVehicleType']))
  if (vehicles !== null || isAllMotorcycles(profile)) return { ref, vehicles, ...(spotOf(entity) ?? figuresOf(entity)) }
  const slots = entity['twoWheelerSlots']
  if (!isFields(slots)) return null
  const figures = figuresOf(slots)
  const none = [figures.total, figures.free, figures.occupied].every(
    (figure) => figure === undefined || figure === null,
  )
  return none ? null : { ref: ref === null ? null : `${ref}/two-wheelers`, vehicles: null, ...figures }
}

type Figures = { readonly total: unknown; readonly free: unknown; readonly occupied: unknown }

/** A spot with a sensor is one space; `status` is free, occupied, closed or unknown. */
function spotOf(entity: Fields): Figures | null {
  if (readText(entity['type'])?.endsWith('ParkingSpot') !== true) return null
  const [status] = words(entity['status'])
  return { total: 1, free: status === 'free' ? 1 : status === 'occupied' ? 0 : null, occupied: null }
}

function figuresOf(fields: Fields): Figures {
  return {
    total: fields['totalSpotNumber'],
    free: fields['availableSpotNumber'],
    occupied: fields['occupiedSpotNumber'],
  }
}

/** Attributes by value: of `{ type: "Number", value: 6 }`, of NGSI-LD properties, or plain values. */
function unwrapped(record: Fields): Fields {
  const pairs = Object.entries(record).map(([name, attribute]) => {
    const typed = isFields(attribute) && 'value' in attribute && 'type' in attribute
    return [name, typed ? attribute['value'] : attribute] as const
  })
  return Object.fromEntries(pairs)
}

function words(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value]
  return list.map(readText).filter((word) => word !== null)
}

function kindOf(type: string, categories: ReadonlySet<string>, layout: readonly string[]): Supply['kind'] {
  if (type === 'OnStreetParking' || categories.has('onStreet')) return 'bay'
  const built = ['multiLevel', 'multiStorey', 'underground', 'automatedParkingGarage']
  if (categories.has('underground') || layout.some((word) => built.includes(word))) return 'garage'
  return type === 'OffStreetParking' ? 'lot' : null
}
