import type { XmlElement } from '#formats/xml/xml-records.ts'
import { childAt, childrenOf, inside, textAt } from '#formats/xml/xml-records.ts'
import { datexReadings } from './datex2-status.ts'
import { isAllMotorcycles, onlyMotorcycles, type Standard, type Supply } from './standard.ts'

/** The record elements of tables and statuses, in the parking model and in the older model of facilities. */
export const DATEX_RECORDS: ReadonlySet<string> = new Set([
  'parkingRecord',
  'parkingFacility',
  'parkingRecordStatus',
  'parkingFacilityStatus',
])

const STATUSES = new Set(['parkingRecordStatus', 'parkingFacilityStatus'])

/**
 * DATEX II parking publications, versions 2 and 3: the names are the same with different prefixes. A site is one zone
 * with its total where all of it is assigned to motorcycles; otherwise each motorcycle group of spaces is a zone, with
 * the site's reference and its own index, as in the status.
 */
export const datex2: Standard<XmlElement> = {
  label: 'DATEX II',
  recognises: (record) => DATEX_RECORDS.has(record.name),
  where: (record) => record.attributes['id'] ?? null,
  zones(record, profile) {
    if (STATUSES.has(record.name)) return []
    const id = record.attributes['id'] ?? null
    const site = siteOf(record)
    const total = textAt(record, 'parkingNumberOfSpaces') ?? textAt(record, 'totalParkingCapacity')
    const vehicles = ['onlyAssignedParking', 'characteristicsOfPermittedVehicles']
      .map((name) => motorcyclesIn(childrenOf(record, name)))
      .find((found) => found !== null)
    if (vehicles !== undefined || isAllMotorcycles(profile)) {
      return total === '0' ? [] : [{ ...site, ref: id, capacity: total, vehicles: vehicles ?? undefined }]
    }
    return [...groupsOf(record), ...assignedOf(record)].flatMap(({ index, spaces, vehicles: groupVehicles }) =>
      groupVehicles === null || spaces === null || spaces === '0'
        ? []
        : [{ ...site, ref: id === null ? null : `${id}/${index}`, capacity: spaces, vehicles: groupVehicles }],
    )
  },
  readings: (record, answer) => (STATUSES.has(record.name) ? datexReadings(record, answer) : []),
}

function siteOf(record: XmlElement): Omit<Supply, 'ref'> {
  const location = childAt(record, 'parkingLocation') ?? childAt(record, 'facilityLocation') ?? record
  const [lat] = inside(location, 'latitude')
  const [lng] = inside(location, 'longitude')
  const named = childAt(record, 'parkingName') ?? childAt(record, 'parkingFacilityName')
  const [name] = named === null ? [] : inside(named, 'value')
  return { lat: lat?.text, lng: lng?.text, name: name?.text ?? named?.text, kind: kindOf(record) }
}

function kindOf(record: XmlElement): Supply['kind'] {
  if (textAt(record, 'urbanParkingSiteType') === 'onStreetParking') return 'bay'
  const layout = textAt(record, 'parkingLayout') ?? textAt(record, 'parkingFacilityLayout')
  if (layout === null) return null
  return /multi|underground|automated/i.test(layout) ? 'garage' : /open|single/i.test(layout) ? 'lot' : null
}

type Group = { index: string; spaces: string | null; vehicles: Supply['vehicles'] | null }

function groupsOf(record: XmlElement): Group[] {
  return childrenOf(record, 'groupOfParkingSpaces').map((wrapper, i) => {
    const group = childAt(wrapper, 'groupOfParkingSpaces') ?? wrapper
    const basics = childAt(group, 'parkingSpaceBasics') ?? group
    return {
      index: wrapper.attributes['groupIndex'] ?? String(i),
      spaces: textAt(group, 'parkingNumberOfSpaces'),
      vehicles: motorcyclesIn(childrenOf(basics, 'onlyAssignedParking')),
    }
  })
}

function assignedOf(record: XmlElement): Group[] {
  return childrenOf(record, 'assignedParkingSpaces').map((wrapper, i) => {
    const spaces = childAt(wrapper, 'assignedParkingSpaces') ?? wrapper
    return {
      index: wrapper.attributes['index'] ?? String(i),
      spaces: textAt(spaces, 'numberOfAssignedParkingSpaces'),
      vehicles: motorcyclesIn(childrenOf(spaces, 'descriptionOfAssignedParkingSpaces')),
    }
  })
}

function motorcyclesIn(elements: readonly XmlElement[]): Supply['vehicles'] | null {
  const types = elements.flatMap((element) => [...inside(element, 'vehicleType')]).map(({ text }) => text)
  return onlyMotorcycles(types) ?? null
}
