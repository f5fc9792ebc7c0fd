import { readSpaces, readText } from '@kickstand/domain'
import { type Fields, idOf } from '#values.ts'
import { readingRow } from './reading.ts'
import type { Standard } from './standard.ts'

/** Suffix of the reference of a lot's heavy motorcycle spaces. */
const HEAVY = '/heavy'

/**
 * Taipei's car parks (`totalmotor`, `totallargemotor`) and their free spaces (`availablemotor`, `availableheavymotor`).
 * Scooters and heavy motorcycles have separate spaces. A lot with only heavy spaces is a zone with its own reference;
 * in a lot with both, the counts are not mixed.
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
      return [{ ref: id, unreadable: `its motorcycle spaces "${String(record['totalmotor'])}" are not a number` }]
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

/** A number of spaces, 0 for an empty value; null for anything else. */
function spacesOf(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return 0
  return readSpaces(value) ?? null
}

/** 機車 alone means scooters, 大型重型機車 and 大型重機 heavy motorcycles. */
const SCOOTERS = /(?<!型)機車/
const HEAVY_ONES = /重型機車|重機/

/** The sentences of a price text that mention this vehicle. */
function priceOf(text: string, vehicle: RegExp): string | null {
  const sentences = text.split('。').filter((sentence) => vehicle.test(sentence))
  return sentences.length === 0 ? null : `${sentences.join('。')}。`
}
