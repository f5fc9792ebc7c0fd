import {
  everyVehicle,
  SOURCE_TRUSTS,
  UNKNOWN_FACTS,
  type FactEntry,
  type SourceTrust,
  type ZoneFacts,
} from '@kickstand/domain'

// What is written here is read only by itself, so that its shape needs no second look.

/** Facts as `zone_sources.facts` keeps them: known ones only. */
export function encodeFacts(facts: Partial<ZoneFacts>, notes: ZoneNotes = {}): string {
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
  return JSON.stringify(Object.keys(notes).length > 0 ? { ...known, notes } : known)
}

export function decodeFacts(text: string | null): Partial<ZoneFacts> {
  return text === null ? {} : (JSON.parse(text) as Partial<ZoneFacts>)
}

/**
 * What else is said of a zone: that it is gone though a source lists it, that it is blocked until a time (epoch milliseconds), and
 * where this entry is worth more than its source.
 */
export type ZoneNotes = {
  readonly gone?: true
  readonly blockedUntil?: number
  readonly trust?: FactEntry['fieldTrust']
}

export function decodeNotes(text: string | null): ZoneNotes {
  return text === null || !text.includes('"notes":') ? {} : ((JSON.parse(text) as { notes?: ZoneNotes }).notes ?? {})
}

/** All of a zone's facts, unknown ones as such; null where no place is told. */
export function wholeFacts(facts: Partial<ZoneFacts>): ZoneFacts | null {
  const { lat, lng } = facts
  if (lat === undefined || lng === undefined) return null
  return { ...UNKNOWN_FACTS, vehicles: everyVehicle('unknown'), ...facts, lat, lng }
}

export function decodeSinceOf(text: string | null): FactEntry['sinceOf'] {
  return text === null ? {} : (JSON.parse(text) as FactEntry['sinceOf'])
}

export function decodeFieldTrust(text: string | null): FactEntry['fieldTrust'] {
  return text === null ? {} : (JSON.parse(text) as FactEntry['fieldTrust'])
}

export function decodeTrust(text: string): SourceTrust {
  return SOURCE_TRUSTS.find((one) => one === text) ?? 'unverified'
}
