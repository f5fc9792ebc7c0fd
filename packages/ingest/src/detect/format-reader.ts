import type { ReadingRow } from '@kickstand/domain'
import type { FeedItems } from '#feed-row.ts'
import type { FORMATS, Profile } from '#profiles/profile-schema.ts'

export type Format = (typeof FORMATS)[number]

/** Reads a file of a detected format. */
export type FormatReader = {
  /** The name that profiles use. */
  readonly format: Format
  /** The name for people, in reports. */
  readonly label: string
  /** The coordinate reference system that the file states for its geometries. */
  readonly crs: string | null
  /** The date stated in the file: unparsed text, or epoch milliseconds. */
  readonly madeAt?: string | number | null
  items(profile: Profile): FeedItems
  /** Readings, for formats with live figures of their own; for others the profile names their fields. */
  readonly readings?: (profile: Profile) => AsyncGenerator<ReadingRow, void, undefined>
  /** Adds the format's own fields to a profile that does not name them. */
  readonly prepare?: (profile: Profile) => Profile
}

/** The profile for a format where none is requested. */
export function defaultProfile(format: Format): string {
  switch (format) {
    case 'geojson':
    case 'kml':
    case 'csv':
    case 'json':
    case 'socrata':
    case 'opendatasoft':
    case 'arcgis':
      return 'generic'
    default:
      return format
  }
}

/** Formats that also come as plain rows, GeoJSON or a table: the profile decides. */
const COMPATIBLE: Readonly<Record<string, readonly Format[]>> = {
  json: ['socrata', 'opendatasoft', 'arcgis', 'geojson'],
  geojson: ['osm'],
  socrata: ['json', 'geojson', 'csv'],
  opendatasoft: ['json', 'geojson', 'csv'],
  arcgis: ['geojson'],
}

/** Whether a profile for the format `wanted` can read a file of `format`. */
export function isCompatible(wanted: Format, format: Format): boolean {
  return wanted === format || (COMPATIBLE[wanted] ?? []).includes(format)
}
