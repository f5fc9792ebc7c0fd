import type { AvailabilityBody, LiveAvailabilityBody } from '@kickstand/contract'

type WithAvailability = { readonly id: string; readonly availability: AvailabilityBody }

/** All that an availability tells a rider. Ages tick by themselves and do not count. */
function toldBy({ ageSeconds: _age, ...told }: AvailabilityBody): string {
  return JSON.stringify(told)
}

/** Whether two availabilities tell a rider the same. */
export function sameFigures(a: AvailabilityBody, b: AvailabilityBody): boolean {
  return toldBy(a) === toldBy(b)
}

/** The zone with its newest availability; the very same object where nothing changed. */
export function mergeZone<Z extends WithAvailability>(zone: Z, news: ReadonlyMap<string, AvailabilityBody>): Z {
  const availability = news.get(zone.id)
  return availability && !sameFigures(zone.availability, availability) ? { ...zone, availability } : zone
}

/** The zones with their newest availability, in the same order; the very same list where nothing changed, so nothing redraws. */
export function mergeZones<Z extends WithAvailability>(
  zones: readonly Z[],
  news: ReadonlyMap<string, AvailabilityBody>,
): readonly Z[] {
  let changed = false
  const merged = zones.map((zone) => {
    const next = mergeZone(zone, news)
    changed ||= next !== zone
    return next
  })
  return changed ? merged : zones
}

/** The zones of one live message by id. */
export function newsById(message: LiveAvailabilityBody): ReadonlyMap<string, AvailabilityBody> {
  return new Map(message.zones.map((zone) => [zone.id, zone.availability]))
}
