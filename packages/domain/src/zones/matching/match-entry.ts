import type { SourceTrust } from '../source-zone.ts'
import type { ZoneFacts, ZoneStatus } from '../zone.ts'

/** Metres within which two sources may mean the same place, if their profiles do not state a distance. */
export const DEFAULT_MATCH_DISTANCE = 40
/** Upper bound of the match distance in metres: zones farther apart are never the same. */
export const MAX_MATCH_DISTANCE = 100
/** Lower bound of the match distance in metres: two sources never agree exactly. */
export const MIN_MATCH_DISTANCE = 10

/** The entry of one source for one place, with the fields for matching. */
export type MatchEntry = {
  readonly source: string
  /** The source's id of it; unique together with `source`. */
  readonly ref: string
  /** `active`: the source lists it. Other entries only join zones with active ones. */
  readonly status: ZoneStatus
  readonly trust: SourceTrust
  /** Accuracy of the source's positions in metres, from its profile. */
  readonly matchDistance: number
  /** Whether it is simulated, as in the demo town. */
  readonly simulated: boolean
  readonly facts: ZoneFacts
}

/** A human decision on two entries, which overrides any score. `at`: epoch milliseconds. */
export type MatchDecision = {
  readonly a: EntryName
  readonly b: EntryName
  readonly same: boolean
  readonly at: number
}

export type EntryName = Pick<MatchEntry, 'source' | 'ref'>

/** A string key of an entry; keys sort like pairs of source and reference. */
export function entryKey({ source, ref }: EntryName): string {
  return `${source}\n${ref}`
}

/** A string key of two entries in any order. */
export function pairKey(a: EntryName, b: EntryName): string {
  const [first, second] = [entryKey(a), entryKey(b)].toSorted(compareTexts)
  return `${first}\n\n${second}`
}

/** Compares by code units: the same order on every machine and database. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
