import { OPEN_ZONE_FIELDS, type OpenZoneBody } from '@kickstand/contract'
import { VEHICLES } from '@kickstand/domain'
import { attributionOf, type Terms } from './terms.ts'

/** Columns of facts with several values. Outlines are in GeoJSON only. */
const SPREAD: Readonly<Record<string, readonly string[]>> = {
  vehicles: VEHICLES.map((vehicle) => `vehicles.${vehicle}`),
  outline: [],
}

const COLUMNS = [...OPEN_ZONE_FIELDS.flatMap((name) => SPREAD[name] ?? [name]), 'attribution']

/** Texts that a spreadsheet would run as a formula (OWASP, CSV injection), in half and full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

/** A cell as of RFC 4180. Texts that a spreadsheet would run get an apostrophe in front; unknown is empty. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvHeader(): string {
  return `${COLUMNS.join(',')}\r\n`
}

/** One zone as a line. */
export function csvLine(zone: OpenZoneBody, terms: Terms): string {
  const cells: Record<string, unknown> = {
    ...zone,
    ...Object.fromEntries(VEHICLES.map((vehicle) => [`vehicles.${vehicle}`, zone.vehicles[vehicle]])),
    sources: zone.sources.map(({ id, ref }) => `${id} ${ref}`).join('; '),
    licences: zone.licences.join('; '),
    attribution: attributionOf([zone], terms)
      .map(({ attribution }) => attribution)
      .join('; '),
  }
  return `${COLUMNS.map((name) => csvCell(cells[name])).join(',')}\r\n`
}
