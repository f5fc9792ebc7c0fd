import { recogniseEntries, type FormerEntry, type SourceZone } from '@kickstand/domain'
import type { Db } from '#db/schema.ts'
import { entryPages, formerEntries } from './import-absent.ts'
import type { EntryName } from './entry-name-store.ts'
import type { StandingRow } from './import-store.ts'
import type { Survey } from './import-survey.ts'

/** Which entries a source calls otherwise than before. */
export type Recognised = {
  /** What the source called the entry of a row before, by the row's reference. */
  readonly formerNames: ReadonlyMap<string, string>
  /** Entries that were recognised under another reference. */
  readonly entries: ReadonlySet<string>
  /** Entries whose reference the source has given to another place, and that are nowhere in the snapshot. */
  readonly unclaimed: ReadonlySet<string>
  /** What is to be written down of names. */
  readonly names: readonly EntryName[]
}

export const NOTHING_RECOGNISED: Recognised = {
  formerNames: new Map(),
  entries: new Set(),
  unclaimed: new Set(),
  names: [],
}

/** Finds rows that are places which the source had before under another reference. */
export async function recogniseRows(db: Db, source: string, survey: Survey): Promise<Recognised> {
  const isOpen = ({ ref, entry }: { ref: string; entry: string | null }): boolean =>
    entry === null || survey.displaced.has(ref)
  const squares = new Set<number>()
  for await (const row of survey.pending.rows()) {
    if (isOpen(row)) for (const square of squaresAround(row.facts.lat, row.facts.lng)) squares.add(square)
  }
  if (squares.size === 0) return NOTHING_RECOGNISED
  const standing = new Map<string, StandingRow>()
  const former: FormerEntry[] = []
  for await (const page of entryPages(db, source, survey)) {
    const some = page.filter(
      ({ name, lat, lng }) =>
        survey.displaced.has(name) ||
        (survey.seen.get(name) === undefined && squares.has(squareOf(lat ?? 0, lng ?? 0))),
    )
    for (const row of some) standing.set(row.name, row)
    former.push(...(await formerEntries(db, source, some)))
  }
  const places = new Set(former.map(({ facts }) => squareOf(facts.lat, facts.lng)))
  const rows: SourceZone[] = []
  for await (const row of survey.pending.rows()) {
    const isNear = squaresAround(row.facts.lat, row.facts.lng).some((square) => places.has(square))
    if (isOpen(row) && (isNear || row.entry !== null)) rows.push({ ref: row.ref, facts: row.facts })
  }
  return planNames(recogniseEntries(former, rows), standing, survey)
}

function planNames(
  recognised: ReadonlyMap<string, string>,
  standing: ReadonlyMap<string, StandingRow>,
  { displaced }: Survey,
): Recognised {
  const formerNames = new Map([...recognised].filter(([ref, name]) => ref !== name))
  const refOf = (name: string): string => standing.get(name)?.ref ?? name
  const found = new Set(recognised.values())
  // Their reference belongs to another place now: they keep a name that no file can have.
  const unclaimed = [...displaced].filter((name) => standing.has(name) && !found.has(name)).map(refOf)
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

/** Degrees: a square is higher than the farthest distance at which a place is recognised, and up to 78° as wide. */
const HEIGHT = 0.005
const WIDTH = 0.011
const COLUMNS = Math.floor(360 / WIDTH)

function squareOf(lat: number, lng: number, up = 0, right = 0): number {
  const column = (Math.floor((lng + 180) / WIDTH) + right + COLUMNS) % COLUMNS
  return (Math.floor((lat + 90) / HEIGHT) + up) * COLUMNS + column
}

function squaresAround(lat: number, lng: number): number[] {
  return [-1, 0, 1].flatMap((up) => [-1, 0, 1].map((right) => squareOf(lat, lng, up, right)))
}
