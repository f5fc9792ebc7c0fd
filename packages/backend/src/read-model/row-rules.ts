import {
  hoursOf,
  mayPark,
  PERMITS,
  readRules,
  VEHICLES,
  type ParkingRules,
  type Permit,
  type RuleFacts,
  type Vehicle,
  type ZoneRules,
} from '@kickstand/domain'
import { timeZoneAt } from '#platform/time-zone.ts'
import { toTimestamp } from './availability-json.ts'
import type { Hours, ReadHours } from './row-hours.ts'
import { copyInto } from './zone-bytes.ts'

/** Time-dependent rules are recomputed after this time, even without a known change. */
const MAX_RULES_AGE_MS = 6 * 60 * 60_000

/** Cached times of each rule set and vehicle: now, and times ahead that riders request. */
const MAX_CACHED_TIMES = 4
const NO_HOURS: ReadonlyMap<string, Hours | null> = new Map()

/** The rules for one vehicle and its permits, as an object and as JSON: `,"rules":{…}`. */
export type RulesAnswer = { readonly rules: ParkingRules; readonly json: Buffer }
type CachedRules = RulesAnswer & { readonly from: number; readonly to: number }

/** Shared by rows with the same rules. `cached` has an entry for every vehicle and set of permits. */
type RuleSet = {
  readonly rules: ZoneRules
  readonly hours: ReadonlyMap<string, Hours | null>
  readonly timeZone: string | null
  readonly cached: CachedRules[][]
}

/**
 * The parking rules of rows. Most zones share theirs with thousands of others, independent of time: then JSON is
 * cached.
 */
export type RowRules = {
  /** `key` is equal for rows with equal facts. */
  set(row: number, facts: RuleFacts, key: string, lat: number, lng: number): void
  law(row: number): ZoneRules
  at(row: number, vehicle: Vehicle, permits: readonly Permit[], time: number): RulesAnswer
  reserve(rows: number): void
}

/** No rules yet. `readHours` parses the hours during which a rule applies. */
export function createRowRules(readHours: ReadHours): RowRules {
  let setOf = new Uint32Array(1024)
  const sets: RuleSet[] = []
  const places = new Map<string, number>()
  const hoursIds = new Map<Hours, number>()

  function idOf(hours: Hours | null): number {
    if (hours === null) return 0
    const id = hoursIds.get(hours) ?? hoursIds.size + 1
    hoursIds.set(hours, id)
    return id
  }

  function placeOf(facts: RuleFacts, key: string, lat: number, lng: number): number {
    const known = places.get(key)
    if (known !== undefined) return known
    const rules = readRules(facts)
    const texts = hoursOf(rules)
    if (texts.length === 0) return add(key, { rules, hours: NO_HOURS, timeZone: null, cached: [] })
    // The same text means other times in another time zone or country.
    const hours = new Map(texts.map((text) => [text, readHours(text, lat, lng)]))
    const here = `${key} ${[...hours.values()].map(idOf).join()}`
    return places.get(here) ?? add(here, { rules, hours, timeZone: timeZoneAt(lat, lng), cached: [] })
  }

  function add(key: string, made: RuleSet): number {
    const place = sets.push(made) - 1
    places.set(key, place)
    return place
  }

  return {
    set(row, facts, key, lat, lng) {
      if (row >= setOf.length) setOf = copyInto(new Uint32Array(Math.max(row + 1, setOf.length * 2)), setOf)
      setOf[row] = placeOf(facts, key, lat, lng)
    },
    law: (row) => sets[setOf[row]].rules,
    at(row, vehicle, permits, time) {
      const { rules, hours, timeZone, cached } = sets[setOf[row]]
      let number = VEHICLES.indexOf(vehicle)
      for (const permit of permits) number |= 8 << PERMITS.indexOf(permit)
      const times = (cached[number] ??= [])
      for (const known of times) if (time >= known.from && time < known.to) return known
      const found = mayPark(rules, vehicle, permits, time, (text, at) => {
        const parsed = hours.get(text) ?? null
        return parsed === null ? ALWAYS : parsed.at(at)
      })
      const to = hours.size === 0 ? Infinity : Math.min(found.validUntil ?? Infinity, time + MAX_RULES_AGE_MS)
      if (times.length >= MAX_CACHED_TIMES) times.shift()
      const made = { rules: found, json: rulesJson(found, timeZone), from: hours.size === 0 ? -Infinity : time, to }
      times.push(made)
      return made
    },
    reserve(rows) {
      if (rows > setOf.length) setOf = copyInto(new Uint32Array(rows), setOf)
    },
  }
}

const ALWAYS = { state: 'open', until: null } as const

const timeOrNull = (time: number | null): string | null => (time === null ? null : toTimestamp(time))

function rulesJson(rules: ParkingRules, timeZone: string | null): Buffer {
  const dated = <T extends { readonly until: number | null }>(item: T) => ({ ...item, until: timeOrNull(item.until) })
  const body = {
    mayPark: rules.mayPark,
    reasons: rules.reasons.map(dated),
    fee: dated(rules.fee),
    hours: dated(rules.hours),
    maxStay: rules.maxStay,
    validUntil: timeOrNull(rules.validUntil),
    timeZone,
  }
  return Buffer.from(`,"rules":${JSON.stringify(body)}`)
}
