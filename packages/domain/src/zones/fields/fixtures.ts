import type { Tariff } from '../tariff/tariff.ts'
import type { ZoneField } from './field.ts'
import type { PlainFacts, PlainField } from './zone-fields.ts'

const TARIFF: Tariff = {
  currency: 'EUR',
  freeMinutes: 30,
  bands: [{ days: ['Mo', 'Tu'], from: 480, until: 1080, perMinutes: 60, amountMinor: 120 }],
  maxPerDayMinor: 800,
}

/** A valid value of a field, for tests. */
export function sampleValue(field: ZoneField): NonNullable<PlainFacts[PlainField]> {
  switch (field.type) {
    case 'choice':
      return field.values[field.values.length - 1]
    case 'flag':
      return true
    case 'count':
    case 'seconds':
      return 7
    case 'tariff':
      return TARIFF
    case 'word':
      return 'asphalt'
    case 'text':
      return 'Mo-Fr 08:00-18:00'
  }
}
