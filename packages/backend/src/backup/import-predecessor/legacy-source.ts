/** What the predecessor kept, by its tables; Firestore calls them collections. */
export const LEGACY_TABLES = ['zones', 'users', 'reports', 'images'] as const
export type LegacyTable = (typeof LEGACY_TABLES)[number]

/** A row or document as it stood, under the predecessor's own names. `where`: where to find it, for people. */
export type LegacyRecord = { readonly where: string; readonly fields: Readonly<Record<string, unknown>> }

/** A row that cannot be read, with the reason. `broken`: all of the file ends there. */
export type LegacyFault = { readonly where: string; readonly fault: string; readonly broken?: true }
export type LegacyRow = LegacyRecord | LegacyFault

/** A place to read the predecessor's data from, one table at a time and as often as needed. */
export type LegacySource = {
  readonly label: string
  rows(table: LegacyTable): AsyncIterable<LegacyRow>
  /** Tables that are there under names that mean nothing to us, known once all were read. */
  strange(): readonly string[]
}

const NAMES: Readonly<Record<LegacyTable, readonly string[]>> = {
  zones: ['parkingzones', 'zones', 'parkingspots', 'parkings'],
  users: ['users', 'riders'],
  reports: ['userreports', 'reports', 'zonereports'],
  images: ['reportimages', 'images', 'reportphotos'],
}

/** `parking_zones`, `parkingZones` and `ParkingZones` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** Which of the predecessor's tables goes by this name, or null. */
export function legacyTable(name: string): LegacyTable | null {
  const plain = plainName(name)
  return LEGACY_TABLES.find((table) => NAMES[table].includes(plain)) ?? null
}
