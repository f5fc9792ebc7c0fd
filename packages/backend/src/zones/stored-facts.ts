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
export function encodeFacts(facts: Partial<ZoneFacts>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null)))
}

export function decodeFacts(text: string | null): Partial<ZoneFacts> {
  return text === null ? {} : (JSON.parse(text) as Partial<ZoneFacts>)
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
