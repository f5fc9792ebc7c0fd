import type { ReadingRow } from '@kickstand/domain'
import type { FeedItems } from './feed-row.ts'
import type { FORMATS, Profile } from './profile-schema.ts'

export type Format = (typeof FORMATS)[number]

/** How a file is read, once it is known what it is. */
export type Reading = {
  /** By the name that profiles use. */
  readonly format: Format
  /** As a person calls it, for reports. */
  readonly label: string
  /** The grid that the file itself names for its geometries. */
  readonly crs: string | null
  /** The date stated in the file: unparsed text, or epoch milliseconds. */
  readonly madeAt?: string | number | null
  items(profile: Profile): FeedItems
  /** For formats with figures of their own; of others the profile says where they stand. */
  readonly readings?: (profile: Profile) => AsyncGenerator<ReadingRow, void, undefined>
  /** What the format adds to a profile: where it has the facts that the profile does not name. */
  readonly prepare?: (profile: Profile) => Profile
}

/** The profile that reads a format where nobody names one. */
export function usualProfile(format: Format): string {
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

/** Containers that come as plain rows, GeoJSON or a table as well: the profile's word is taken for what they are. */
const ALSO: Readonly<Record<string, readonly Format[]>> = {
  json: ['socrata', 'opendatasoft', 'arcgis', 'geojson'],
  geojson: ['osm'],
  socrata: ['json', 'geojson', 'csv'],
  opendatasoft: ['json', 'geojson', 'csv'],
  arcgis: ['geojson'],
}

/** Whether a file of this format is what the profile is for. */
export function fits(wanted: Format, format: Format): boolean {
  return wanted === format || (ALSO[wanted] ?? []).includes(format)
}
