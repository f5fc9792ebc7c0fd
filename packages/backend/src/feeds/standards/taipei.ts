import { readSpaces, readText } from '@kickstand/domain'
import { type Fields, idOf } from '../values.ts'
import { readingRow } from './reading.ts'
import type { Standard } from './standard.ts'

/** What the reference of a lot's heavy motorcycle spaces ends in. */
const HEAVY = '/heavy'

/**
 * Taipei's car parks (`totalmotor`, `totallargemotor`) and their free spaces (`availablemotor`, `availableheavymotor`). Scooters
 * have spaces of their own. Heavy motorcycles use others: a lot that has only these is a zone under its own reference, and
 * where a lot has both, their count is not mixed with the scooters'.
 */
export const taipei: Standard<Fields> = {
  label: 'Taipei',
  recognises: (record) => 'totalmotor' in record || 'availablemotor' in record || 'availablecar' in record,
  where: (record) => idOf(record['id']),
  zones(record) {
    const id = idOf(record['id'])
    const scooters = spacesOf(record['totalmotor'])
    const heavy = spacesOf(record['totallargemotor']) ?? 0
    if (scooters === null) {
      return [{ ref: id, unreadable: `its motorcycle places "${String(record['totalmotor'])}" are no number` }]
    }
    if (scooters === 0 && heavy === 0) return []
    const price = priceOf(readText(record['payex']) ?? '', scooters > 0 ? SCOOTERS : HEAVY_ONES)
    const place = {
      lat: record['tw97y'],
      lng: record['tw97x'],
      name: record['name'],
      signText: readText(record['serviceTime']),
      fee:
        price === null ? null : /免費/.test(price) ? ('free' as const) : /\d元/.test(price) ? ('paid' as const) : null,
      feeNote: price,
    }
    if (scooters === 0) {
      const vehicles = { motorcycle: 'unknown', heavy: 'yes' } as const
      return [{ ...place, ref: id === null ? null : `${id}${HEAVY}`, capacity: heavy, vehicles }]
    }
    const vehicles = { moped: 'yes', scooter: 'yes', heavy: heavy > 0 ? 'yes' : 'unknown' } as const
    return [{ ...place, ref: id, capacity: scooters, vehicles }]
  },
  readings(record, { at }) {
    const id = idOf(record['id'])
    const where = id ?? 'a lot'
    const { availablemotor: scooters, availableheavymotor: heavy } = record
    return [
      ...(scooters === undefined ? [] : [readingRow({ ref: id, free: scooters, at, vehicle: 'scooter' }, where)]),
      ...(heavy === undefined
        ? []
        : [readingRow({ ref: id === null ? null : `${id}${HEAVY}`, free: heavy, at, vehicle: 'heavy' }, where)]),
    ]
  },
}

/** A number of places, nothing being none; null for what is no number of places. */
function spacesOf(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return 0
  return readSpaces(value) ?? null
}

/** 機車 by itself is a scooter, 大型重型機車 and 大型重機 a heavy motorcycle. */
const SCOOTERS = /(?<!型)機車/
const HEAVY_ONES = /重型機車|重機/

/** Of the prices of all vehicles the sentences that speak of this one. */
function priceOf(text: string, vehicle: RegExp): string | null {
  const sentences = text.split('。').filter((sentence) => vehicle.test(sentence))
  return sentences.length === 0 ? null : `${sentences.join('。')}。`
}
