import { readNumber, readText } from '@kickstand/domain'
import { isFields } from '@kickstand/ingest'
import { plainName, type PredecessorRecord } from './predecessor-source.ts'

/** Reads a record's values by any of several usual names, and notes the names. */
export type PredecessorFields = {
  text(...names: string[]): string | null
  number(...names: string[]): number | null
  raw(...names: string[]): unknown
  /** Epoch milliseconds; null for an invalid time. */
  time(...names: string[]): number | null
}

/** The fields of a record. The names that are asked for are added to `used`. */
export function predecessorFields({ fields }: PredecessorRecord, used: Set<string>): PredecessorFields {
  const byName = new Map(Object.entries(fields).map(([name, value]) => [plainName(name), value]))
  function raw(...names: string[]): unknown {
    for (const name of names) {
      used.add(name)
      const value = byName.get(name)
      if (value !== undefined && value !== null && value !== '') return value
    }
    return null
  }
  return {
    raw,
    text: (...names) => readText(raw(...names)),
    number: (...names) => readNumber(raw(...names)),
    time: (...names) => readTime(raw(...names)),
  }
}

/** A position as two numbers, from columns of their own or from a Firestore point. */
export function readPlace(fields: PredecessorFields): { readonly lat: number | null; readonly lng: number | null } {
  const point = fields.raw('location', 'geopoint', 'position', 'coordinates', 'geo')
  const inside = isFields(point) ? point : {}
  return {
    lat: fields.number('latitude', 'lat') ?? readNumber(inside['_latitude'] ?? inside['latitude'] ?? inside['lat']),
    lng:
      fields.number('longitude', 'lng', 'lon', 'long') ??
      readNumber(inside['_longitude'] ?? inside['longitude'] ?? inside['lng']),
  }
}

const DATE_TIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/
const ZONED = /(?:z|[+-]\d\d:?\d\d)$/i

/**
 * Parses a Date of a database driver, a text (UTC without an offset), Firestore's seconds, or a number of seconds or
 * milliseconds.
 */
function readTime(value: unknown): number | null {
  if (value instanceof Date) return finite(value.getTime())
  if (isFields(value)) {
    const seconds = readNumber(value['_seconds'] ?? value['seconds'])
    const nanos = readNumber(value['_nanoseconds'] ?? value['nanoseconds'] ?? 0)
    return seconds === null ? null : Math.trunc(seconds * 1000 + (nanos ?? 0) / 1e6)
  }
  if (typeof value === 'number') return value > 1e11 ? value : value * 1000
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return null
  const text = value.replace(' ', 'T')
  return finite(Date.parse(ZONED.test(text) ? text : `${text}Z`))
}

function finite(time: number): number | null {
  return Number.isFinite(time) ? time : null
}
