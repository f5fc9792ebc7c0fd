import { type Read, readText, unparsed } from '../read-values.ts'
import { checkTariff } from './check-tariff.ts'
import { TARIFF_DAYS, type Tariff, type TariffBand, type TariffDay } from './tariff.ts'

type Properties = Readonly<Record<string, unknown>>

/**
 * Reads a tariff from an object, or from its JSON, into its canonical form: equal tariffs have equal JSON. A value that is not a
 * valid tariff is unknown, with a warning.
 */
export function readTariff(value: unknown): Read<Tariff> {
  if (value === null || value === undefined) return { value: null, warning: null }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const tariff = tariffOf(typeof value === 'string' ? parseJson(value) : value)
  if (tariff === null) return unparsed('tariff', readText(text) ?? '', 'an object with currency and bands')
  const [error] = checkTariff(tariff)
  if (error !== undefined) {
    return { value: null, warning: `tariff: ${error.pointer.slice(1)} ${error.message}; kept as unknown` }
  }
  return { value: tariff, warning: null }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function propertiesOf(value: unknown): Properties | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : null
}

/** A tariff with values of the right types; null for anything else. Limits are checked by `checkTariff`. */
function tariffOf(value: unknown): Tariff | null {
  const { currency, freeMinutes = 0, bands, maxPerDayMinor = null } = propertiesOf(value) ?? {}
  if (typeof currency !== 'string' || typeof freeMinutes !== 'number' || !Array.isArray(bands)) return null
  if (maxPerDayMinor !== null && typeof maxPerDayMinor !== 'number') return null
  const read = bands.map(bandOf)
  return read.every((band) => band !== null) ? { currency, freeMinutes, bands: read, maxPerDayMinor } : null
}

function bandOf(value: unknown): TariffBand | null {
  const { days, from, until, perMinutes = null, amountMinor } = propertiesOf(value) ?? {}
  if (typeof from !== 'number' || typeof until !== 'number' || typeof amountMinor !== 'number') return null
  if (perMinutes !== null && typeof perMinutes !== 'number') return null
  if (!Array.isArray(days) || !days.every(isDay)) return null
  return { days: TARIFF_DAYS.filter((day) => days.includes(day)), from, until, perMinutes, amountMinor }
}

function isDay(value: unknown): value is TariffDay {
  return TARIFF_DAYS.some((day) => day === value)
}
