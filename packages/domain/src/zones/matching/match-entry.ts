import type { SourceTrust } from '../source-zone.ts'
import type { ZoneFacts, ZoneStatus } from '../zone.ts'

/** Metres within which two sources may mean the same place, where a profile does not say otherwise. */
export const DEFAULT_MATCH_DISTANCE = 40
/** No source is so vague that zones further apart than this could be one. */
export const LARGEST_MATCH_DISTANCE = 100
/** No source is so exact that two sources agree to the metre. */
export const SMALLEST_MATCH_DISTANCE = 10

/** What one source says of one place, as matching sees it. */
export type MatchEntry = {
  readonly source: string
  /** What the source calls it: with `source` the entry's name everywhere. */
  readonly ref: string
  /** `active`: the source lists it. Otherwise it is gone from there, and only follows those that stand. */
  readonly status: ZoneStatus
  readonly trust: SourceTrust
  /** Metres by which the source's places may be off, as its profile says. */
  readonly matchDistance: number
  /** Of the demo: no such place exists. */
  readonly simulated: boolean
  readonly facts: ZoneFacts
}

/** A human's word on two entries, which wins over any score. `at`: epoch milliseconds. */
export type MatchDecision = {
  readonly a: EntryName
  readonly b: EntryName
  readonly same: boolean
  readonly at: number
}

export type EntryName = Pick<MatchEntry, 'source' | 'ref'>

/** One text for an entry's name; texts sort as the pairs of source and reference do. */
export function entryKey({ source, ref }: EntryName): string {
  return `${source}\n${ref}`
}

/** One text for two entries, whichever comes first. */
export function pairKey(a: EntryName, b: EntryName): string {
  const [first, second] = [entryKey(a), entryKey(b)].toSorted(compareTexts)
  return `${first}\n\n${second}`
}

/** By code units: the same order on every machine and in every engine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
