import Type, { type TSchema } from 'typebox'

/** A closed set of strings as a JSON Schema `enum`. */
export function oneOf<const T extends readonly string[]>(values: T, description?: string) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...(description ? { description } : {}) })
}

/** The schema, or null where the value is unknown. */
export function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

export const Lat = Type.Number({ minimum: -90, maximum: 90, description: 'Latitude, degrees WGS84' })
export const Lng = Type.Number({ minimum: -180, maximum: 180, description: 'Longitude, degrees WGS84' })
export const Timestamp = Type.String({ format: 'date-time', description: 'RFC 3339, UTC' })
export const ZoneId = Type.String({
  pattern: '^[0-9a-z]{8,32}$',
  description: 'Id of a zone; it stays the same when its sources are imported again',
})
