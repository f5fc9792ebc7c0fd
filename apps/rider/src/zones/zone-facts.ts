import type { ZoneBody } from '@kickstand/contract'
import { VEHICLES, type Vehicle } from '@kickstand/domain'
import type { Format } from '../i18n/format.ts'
import type { SheetMessages } from '../i18n/en-sheet.ts'
import type { Messages } from '../i18n/en.ts'

import { hoursText } from './hours-words.ts'

export type Fact = { readonly label: string; readonly value: string }
export type Facts = { readonly known: readonly Fact[]; readonly unknown: readonly string[] }

/** The known facts of a zone in order of importance, and the labels of unknown ones. */
export function factsOf(zone: ZoneBody, t: Messages & SheetMessages, format: Format): Facts {
  function yesNo(value: boolean | null): string | null {
    return value === null ? null : value ? t.yes : t.no
  }
  function spaces({ capacity, capacityEstimated }: ZoneBody): string | null {
    if (capacity === null) return null
    return capacityEstimated === true ? t.estimatedSpaces(format.count(capacity)) : format.count(capacity)
  }
  const fee = zone.fee && t.fees[zone.fee]
  const all: readonly (readonly [string, string | null])[] = [
    [t.fact.capacity, spaces(zone)],
    [t.fact.kind, zone.kind && t.kinds[zone.kind]],
    [t.fact.access, zone.access && t.access[zone.access]],
    [t.fact.fee, fee && zone.feeNote ? `${fee} · ${zone.feeNote}` : (fee ?? zone.feeNote)],
    [t.fact.hours, zone.openingHours && hoursText(zone.openingHours, { text: t, format })],
    [t.fact.maxStay, zone.maxStay === null ? null : format.duration(zone.maxStay)],
    [t.fact.covered, yesNo(zone.covered)],
    [t.fact.lit, yesNo(zone.lit)],
    [t.fact.surveillance, yesNo(zone.surveillance)],
    [t.fact.anchors, yesNo(zone.anchors)],
    [t.fact.charging, yesNo(zone.charging)],
    [t.fact.surface, zone.surface && surfaceText(zone.surface, t.surfaces)],
    [t.fact.operator, zone.operator],
  ]
  const known = all.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
  const unknown = all.flatMap(([label, value]) => (value === null ? [label] : []))
  // A sign text is shown if there is one, but is never listed as unknown.
  return { known: zone.signText ? [...known, { label: t.fact.sign, value: zone.signText }] : known, unknown }
}

/** The name of a surface. One that the catalogue lacks is formatted from the source's value. */
export function surfaceText(surface: string, names: Readonly<Record<string, string>>): string {
  return names[surface] ?? (surface.charAt(0).toUpperCase() + surface.slice(1)).replaceAll('_', ' ')
}

/** Vehicles grouped by answer, in the order of `VEHICLES`. */
export function vehiclesByAnswer(
  zone: Pick<ZoneBody, 'vehicles'>,
): Record<'yes' | 'no' | 'unknown', readonly Vehicle[]> {
  const pick = (answer: string) => VEHICLES.filter((vehicle) => zone.vehicles[vehicle] === answer)
  return { yes: pick('yes'), no: pick('no'), unknown: pick('unknown') }
}

/** Links to directions: a `geo:` address for the device's map app, and OpenStreetMap for the browser. */
export function directionLinks(place: { lat: number; lng: number }, label: string): { device: string; web: string } {
  const at = `${place.lat.toFixed(6)},${place.lng.toFixed(6)}`
  return {
    device: `geo:${at}?q=${at}(${encodeURIComponent(label)})`,
    web: `https://www.openstreetmap.org/directions?to=${encodeURIComponent(at)}#map=17/${at.replace(',', '/')}`,
  }
}
