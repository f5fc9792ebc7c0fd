/** The tables of the predecessor; in Firestore, collections. */
export const PREDECESSOR_TABLES = ['zones', 'users', 'reports', 'images'] as const
export type PredecessorTable = (typeof PREDECESSOR_TABLES)[number]

/** A row or document with the predecessor's own names. `where` locates it for a person. */
export type PredecessorRecord = { readonly where: string; readonly fields: Readonly<Record<string, unknown>> }

/** An unreadable row, with the reason. `broken`: the file ends there. */
export type PredecessorFault = { readonly where: string; readonly fault: string; readonly broken?: true }
export type PredecessorRow = PredecessorRecord | PredecessorFault

/** A source of the predecessor's data. Tables can be read one at a time, repeatedly. */
export type PredecessorSource = {
  readonly label: string
  rows(table: PredecessorTable): AsyncIterable<PredecessorRow>
  /** Tables with unknown names, complete once all tables were read. */
  unknownTables(): readonly string[]
}

const NAMES: Readonly<Record<PredecessorTable, readonly string[]>> = {
  zones: ['parkingzones', 'zones', 'parkingspots', 'parkings'],
  users: ['users', 'riders'],
  reports: ['userreports', 'reports', 'zonereports'],
  images: ['reportimages', 'images', 'reportphotos'],
}

/** `parking_zones`, `parkingZones` and `ParkingZones` are one name. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** The predecessor's table with this name, or null. */
export function predecessorTable(name: string): PredecessorTable | null {
  const plain = plainName(name)
  return PREDECESSOR_TABLES.find((table) => NAMES[table].includes(plain)) ?? null
}
