import type { OpenZoneBody } from '@kickstand/contract'
import type { ZoneReader } from '#read-model/board-types.ts'
import { licencesOf, type Terms } from './terms.ts'

/** The facts of a row as the contract's OpenZone. */
export function openZone(board: ZoneReader, row: number, terms: Terms): OpenZoneBody {
  const bytes = Buffer.allocUnsafe(board.jsonLength(row))
  board.copyJson(row, bytes, 0)
  // The board's JSON has the shape of the contract, without its closing brace.
  const zone = JSON.parse(`${bytes.toString('utf8')}${board.details(row)}}`) as Omit<OpenZoneBody, 'licences'>
  return { ...zone, licences: licencesOf(zone.sources, terms) }
}
