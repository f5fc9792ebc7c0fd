import {
  everyVehicle,
  SOURCE_TRUSTS,
  UNKNOWN_FACTS,
  type FactEntry,
  type SourceTrust,
  type ZoneFacts,
} from '@kickstand/domain'

// Only this module writes these columns, so their JSON is not validated.

/** Encodes facts for `zone_sources.facts`: known ones only. */
export function encodeFacts(facts: Partial<ZoneFacts>, notes: ZoneNotes = {}): string {
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null))
  return JSON.stringify(Object.keys(notes).length > 0 ? { ...known, notes } : known)
}

export function decodeFacts(text: string | null): Partial<ZoneFacts> {
  return text === null ? {} : (JSON.parse(text) as Partial<ZoneFacts>)
}

/**
 * Further claims about a zone: that it is gone although a source lists it, that it is blocked until a time (epoch
 * milliseconds), and facts with a higher trust than the source.
 */
export type ZoneNotes = {
  readonly gone?: true
  readonly blockedUntil?: number
  readonly trust?: FactEntry['fieldTrust']
}

export function decodeNotes(text: string | null): ZoneNotes {
  return text === null || !text.includes('"notes":') ? {} : ((JSON.parse(text) as { notes?: ZoneNotes }).notes ?? {})
}

/** All facts of a zone, unknown ones included; null without a position. */
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
