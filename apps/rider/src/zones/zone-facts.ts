import type { ZoneBody } from '@kickstand/contract'
import { PLAIN_FIELDS, VEHICLES, ZONE_FIELDS, type PlainField, type Vehicle } from '@kickstand/domain'
import { factText, type FactWords } from './fact-words.ts'

export type Fact = { readonly label: string; readonly value: string }
type FactLabel = NonNullable<(typeof ZONE_FIELDS)[PlainField]['label']>
export type Facts = { readonly known: readonly Fact[]; readonly unknown: readonly Exclude<FactLabel, 'sign'>[] }

/** The known facts of a zone in order of importance, and the names of unknown ones. */
export function factsOf(zone: ZoneBody, words: FactWords): Facts {
  const all = PLAIN_FIELDS.flatMap((name) => {
    const { label } = ZONE_FIELDS[name]
    return label === null ? [] : { label, value: textOf(name, zone, words) }
  })
  const known = all.flatMap(({ label, value }) => (value === null ? [] : [{ label: words.p(`fact.${label}`), value }]))
  // A sign text is shown if there is one, but is never listed as unknown.
  const unknown = all.flatMap(({ label, value }) => (value === null && label !== 'sign' ? [label] : []))
  return { known, unknown }
}

function textOf(name: PlainField, zone: ZoneBody, words: FactWords): string | null {
  const value = zone[name] ?? null
  const text = value === null ? null : factText(name, value, words)
  if (name === 'capacity' && text !== null && zone.capacityEstimated === true)
    return words.p('zone.estimatedSpaces', { n: text })
  if (name !== 'fee') return text
  return text !== null && zone.feeNote
    ? words.p('fee.withNote', { fee: text, note: zone.feeNote })
    : (text ?? zone.feeNote)
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
