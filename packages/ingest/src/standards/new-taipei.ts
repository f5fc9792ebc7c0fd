import { readText } from '@kickstand/domain'
import { readTime, timeRules } from '#time/feed-time.ts'
import { type Fields, idOf } from '#values.ts'
import { readingRow } from './reading.ts'
import type { Standard } from './standard.ts'

/** `parkingstatus` of a cell with a sensor. 3 is a cell without a sensor, 4 a closed cell. */
const TAKEN = '1'
const FREE = '2'
const NOT_OPEN = '4'

/**
 * New Taipei's roadside cells, one row per space. Cells for motorcycles have 機車 in their name; the profile groups the
 * cells of a road.
 */
export const newTaipei: Standard<Fields> = {
  label: 'New Taipei',
  recognises: (record) => 'cellid' in record && 'cellstatus' in record && 'roadid' in record,
  where: (record) => idOf(record['id']),
  zones(record) {
    if (!isMotorcycleCell(record)) return []
    const hours = [record['day'], record['hour'], record['memo']].map(readText).filter((text) => text !== null)
    const price = [record['pay'], record['paycash']].map(readText).filter((text) => text !== null)
    return [
      {
        ref: idOf(record['id']),
        lat: record['latitude'],
        lng: record['longitude'],
        name: record['roadname'],
        capacity: 1,
        kind: 'bay',
        fee: price.length === 0 ? null : 'paid',
        feeNote: price.join(' ') || null,
        signText: hours.join(' ') || null,
        vehicles: { moped: 'yes', scooter: 'yes' },
      },
    ]
  },
  readings(record, { profile, at }) {
    if (!isMotorcycleCell(record)) return []
    const status = readText(record['parkingstatus'])
    const known = status === TAKEN || status === FREE
    const raw = {
      ref: record['id'],
      free: known ? Number(status === FREE) : null,
      capacity: 1,
      closed: status === NOT_OPEN ? true : null,
      at: readTime(record['updatetime'], timeRules(profile)) ?? at,
    }
    return [readingRow({ ...raw, vehicle: 'scooter' }, idOf(record['id']) ?? 'a cell')]
  },
}

function isMotorcycleCell(record: Fields): boolean {
  return (readText(record['name']) ?? '').includes('機車')
}
