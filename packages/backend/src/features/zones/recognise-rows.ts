import { recogniseEntries, type FormerEntry, type SourceZone } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import { entryPages, formerEntries } from './import-absent.ts'
import type { EntryName } from './entry-name-store.ts'
import type { ListedEntry } from './entry-store.ts'
import type { Survey } from './compare-snapshot.ts'

/** Entries whose reference in the source changed. */
export type Recognised = {
  /** Former references, by the row's current reference. */
  readonly formerNames: ReadonlyMap<string, string>
  /** Permanent references of entries that were recognised under another reference. */
  readonly entries: ReadonlySet<string>
  /** Entries whose reference now belongs to another place, and that are not in the snapshot. */
  readonly unclaimed: ReadonlySet<string>
  /** Current references to store. */
  readonly names: readonly EntryName[]
}

export const NOTHING_RECOGNISED: Recognised = {
  formerNames: new Map(),
  entries: new Set(),
  unclaimed: new Set(),
  names: [],
}

/** Finds rows of known places that have a new reference. */
export async function recogniseRows(db: Db, source: string, survey: Survey): Promise<Recognised> {
  const isOpen = ({ ref, entry }: { ref: string; entry: string | null }): boolean =>
    entry === null || survey.displaced.has(ref)
  const squares = new Set<number>()
  for await (const row of survey.pending.rows()) {
    if (isOpen(row)) for (const square of squaresAround(row.facts.lat, row.facts.lng)) squares.add(square)
  }
  if (squares.size === 0) return NOTHING_RECOGNISED
  const listed = new Map<string, ListedEntry>()
  const former: FormerEntry[] = []
  for await (const page of entryPages(db, source, survey)) {
    const some = page.filter(
      ({ name, lat, lng }) =>
        survey.displaced.has(name) ||
        (survey.seen.get(name) === undefined && squares.has(squareOf(lat ?? 0, lng ?? 0))),
    )
    for (const row of some) listed.set(row.name, row)
    former.push(...(await formerEntries(db, source, some)))
  }
  const places = new Set(former.map(({ facts }) => squareOf(facts.lat, facts.lng)))
  const rows: SourceZone[] = []
  for await (const row of survey.pending.rows()) {
    const isNear = squaresAround(row.facts.lat, row.facts.lng).some((square) => places.has(square))
    if (isOpen(row) && (isNear || row.entry !== null)) rows.push({ ref: row.ref, facts: row.facts })
  }
  return planNames(recogniseEntries(former, rows), listed, survey)
}

function planNames(
  recognised: ReadonlyMap<string, string>,
  listed: ReadonlyMap<string, ListedEntry>,
  { displaced }: Survey,
): Recognised {
  const formerNames = new Map([...recognised].filter(([ref, name]) => ref !== name))
  const refOf = (name: string): string => listed.get(name)?.ref ?? name
  const found = new Set(recognised.values())
  // Another place has their reference now, so they get one that no file can contain.
  const unclaimed = [...displaced].filter((name) => listed.has(name) && !found.has(name)).map(refOf)
  return {
    formerNames,
    entries: new Set([...formerNames.values()].map(refOf)),
    unclaimed: new Set(unclaimed),
    names: [
      ...[...formerNames].map(([ref, name]) => ({ ref: refOf(name), name: ref })),
      ...unclaimed.map((ref) => ({ ref, name: `~${ref}`.slice(0, 190) })),
    ],
  }
}

/**
 * Size of a square in degrees: higher than the greatest distance at which a place is recognised, and as wide up to 78°
 * of latitude.
 */
const SQUARE_HEIGHT = 0.005
const SQUARE_WIDTH = 0.011
const COLUMNS = Math.floor(360 / SQUARE_WIDTH)

function squareOf(lat: number, lng: number, up = 0, right = 0): number {
  const column = (Math.floor((lng + 180) / SQUARE_WIDTH) + right + COLUMNS) % COLUMNS
  return (Math.floor((lat + 90) / SQUARE_HEIGHT) + up) * COLUMNS + column
}

function squaresAround(lat: number, lng: number): number[] {
  return [-1, 0, 1].flatMap((up) => [-1, 0, 1].map((right) => squareOf(lat, lng, up, right)))
}
