import type { ReadingRow } from '@kickstand/domain'
import type { XmlElement } from '#formats/xml/xml-records.ts'
import { childAt, childrenOf, textAt } from '#formats/xml/xml-records.ts'
import { readTime, timeRules } from '#time/feed-time.ts'
import { type RawReading, readingRow } from './reading.ts'
import type { Answer } from './standard.ts'

/**
 * A status does not repeat the vehicle type of its spaces, so each figure gets the reference that the table gives it:
 * the site's for its total, and the site's with the index for a group. Only references of motorcycle zones match a
 * zone.
 */
export function datexReadings(record: XmlElement, { profile, at }: Answer): ReadingRow[] {
  const reference = childAt(record, 'parkingRecordReference') ?? childAt(record, 'parkingFacilityReference')
  const id = bareId(reference?.attributes['id'] ?? '')
  const where = id === '' ? 'a status' : id
  const time = textAt(record, 'parkingStatusOriginTime') ?? textAt(record, 'parkingFacilityStatusTime')
  const shared = { at: readTime(time, timeRules(profile)) ?? at, closed: closedOf(record) }
  const site = childAt(record, 'parkingOccupancy') ?? record
  const rows = [readingRow({ ...shared, ...figuresOf(site), ...worded(record), ref: id }, where)]
  for (const [name, key] of GROUPS) {
    for (const [i, wrapper] of childrenOf(record, name).entries()) {
      const group = childAt(wrapper, name) ?? wrapper
      const closed = textAt(group, 'groupOfParkingSpacesClosed') === 'true' ? true : shared.closed
      const ref = id === '' ? null : `${id}/${wrapper.attributes[key] ?? i}`
      rows.push(readingRow({ ...figuresOf(group), at: shared.at, closed, ref }, where))
    }
  }
  return rows
}

const GROUPS = [
  ['groupOfParkingSpacesStatus', 'groupIndex'],
  ['assignedParkingSpacesStatus', 'index'],
] as const

/** "1035[P+R Bondorf]": some publishers append the name to the id of the table. */
function bareId(id: string): string {
  return id.replace(/\s*\[[^\]]*\]\s*$/, '').trim()
}

function figuresOf(element: XmlElement): Pick<RawReading, 'free' | 'occupied' | 'capacity'> {
  const first = (names: readonly string[]): string | null =>
    names.map((name) => textAt(element, name)).find((text) => text !== null) ?? null
  return {
    free: first([
      'parkingNumberOfVacantSpaces',
      'totalNumberOfVacantParkingSpaces',
      'numberOfVacantAssignedParkingSpaces',
    ]),
    occupied: first([
      'parkingNumberOfOccupiedSpaces',
      'totalNumberOfOccupiedParkingSpaces',
      'numberOfOccupiedAssignedParkingSpaces',
    ]),
    capacity: first(['parkingNumberOfSpacesOverride', 'totalParkingCapacityOverride']),
  }
}

function statusWords(record: XmlElement): string[] {
  const names = ['parkingSiteOpeningStatus', 'parkingSiteStatus', 'parkingFacilityStatus']
  return names.flatMap((name) => childrenOf(record, name)).map(({ text }) => text)
}

function closedOf(record: XmlElement): boolean | null {
  const words = statusWords(record)
  if (words.some((word) => /^closed/i.test(word))) return true
  return words.some((word) => /^open/i.test(word)) ? false : null
}

/** The status as words, for records without numbers. */
function worded(record: XmlElement): Pick<RawReading, 'available' | 'level'> {
  const words = statusWords(record)
  if (words.some((word) => /^full/i.test(word))) return { available: false }
  if (words.includes('almostFull')) return { level: 'few' }
  return words.includes('spacesAvailable') ? { available: true } : {}
}
