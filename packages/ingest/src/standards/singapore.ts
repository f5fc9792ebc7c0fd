import { readText } from '@kickstand/domain'
import { type Fields, idOf } from '#values.ts'
import { readingRow } from './reading.ts'
import type { Standard } from './standard.ts'

/** Lot types of Singapore's Land Transport Authority: C cars, H heavy vehicles, Y motorcycles. */
const MOTORCYCLES = 'Y'

/**
 * Car park availability of LTA DataMall: one row per car park and lot type, with a position and the free lots, but
 * without capacity or time. The same response gives zones and readings.
 */
export const singapore: Standard<Fields> = {
  label: 'Singapore LTA',
  recognises: (record) => 'CarParkID' in record && 'LotType' in record,
  where: (record) => idOf(record['CarParkID']),
  zones(record) {
    if (readText(record['LotType']) !== MOTORCYCLES) return []
    const [lat, lng] = (readText(record['Location']) ?? '').split(/[\s,]+/)
    const name = readText(record['Development']) ?? readText(record['Area'])
    return [{ ref: idOf(record['CarParkID']), lat, lng, name, operator: record['Agency'] }]
  },
  readings(record, { at }) {
    if (readText(record['LotType']) !== MOTORCYCLES) return []
    const where = idOf(record['CarParkID']) ?? 'a car park'
    return [readingRow({ ref: record['CarParkID'], free: record['AvailableLots'], at }, where)]
  },
}
