import { everyVehicle, UNKNOWN_FACTS } from '@kickstand/domain'
import type {
  Observation,
  PlainFacts,
  PlainField,
  SourceInfo,
  SourceZone,
  Tariff,
  ZoneFacts,
  ZoneField,
} from '@kickstand/domain'

/** A street bay for ten bikes on Market Street, San Francisco. Override what matters to the test in `facts`. */
export function aZoneFacts(facts: Partial<ZoneFacts> = {}): ZoneFacts {
  return {
    ...UNKNOWN_FACTS,
    name: 'Market Street',
    lat: 37.7936,
    lng: -122.3958,
    capacity: 10,
    kind: 'bay',
    vehicles: { ...everyVehicle('unknown'), motorcycle: 'yes' },
    ...facts,
  }
}

/** A zone in the data of a source. Give each a `ref` if a test has more than one. */
export function aSourceZone(facts: Partial<ZoneFacts> = {}, ref = 'node/1'): SourceZone {
  return { ref, facts: aZoneFacts(facts) }
}

/** Somebody at the command line, for changes that are audited. */
export const AN_ACTOR = { kind: 'command', name: 'tester' } as const

/** A source with all required fields. */
export function aSource(source: Partial<SourceInfo> = {}): SourceInfo {
  return {
    id: 'test-city',
    name: 'Test City',
    licence: 'PDDL-1.0',
    licenceUrl: null,
    attribution: 'Test City open data',
    url: null,
    simulated: false,
    ...source,
  }
}

/** An observation: by default a count of three bikes, each by another rider. */
export function anObservation(seen: Partial<Observation> & Pick<Observation, 'id' | 'at'>): Observation {
  return {
    eventOrder: seen.at,
    kind: 'count',
    count: 3,
    level: null,
    outlierProbability: 0.15,
    reporter: `rider of ${seen.id}`,
    network: null,
    trusted: false,
    withinReach: false,
    ...seen,
  }
}

/** A valid value for a fact, by the type of its field. */
export function aFactValue(field: ZoneField): NonNullable<PlainFacts[PlainField]> {
  switch (field.type) {
    case 'choice':
      return field.values[0]
    case 'flag':
      return true
    case 'count':
    case 'seconds':
      return 7
    case 'tariff':
      return A_TARIFF
    case 'word':
      return 'asphalt'
    case 'text':
      return 'Mo-Fr 08:00-18:00'
  }
}

/** €1.20 an hour on workdays from 8 to 18 h, the first half hour free, at most €8 a day. */
export const A_TARIFF: Tariff = {
  currency: 'EUR',
  freeMinutes: 30,
  bands: [{ days: ['Mo', 'Tu', 'We', 'Th', 'Fr'], from: 480, until: 1080, perMinutes: 60, amountMinor: 120 }],
  maxPerDayMinor: 800,
}
