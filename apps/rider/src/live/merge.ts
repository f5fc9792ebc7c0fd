import type { AvailabilityBody, LiveAvailabilityBody } from '@kickstand/contract'

type WithAvailability = { readonly id: string; readonly availability: AvailabilityBody }

/** All figures of an availability except its age, which changes by itself. */
function figuresKey({ ageSeconds: _age, ...figures }: AvailabilityBody): string {
  return JSON.stringify(figures)
}

/** Whether two availabilities differ in nothing but their age. */
export function sameFigures(a: AvailabilityBody, b: AvailabilityBody): boolean {
  return figuresKey(a) === figuresKey(b)
}

/** The zone with its newest availability; the same object if nothing changed. */
export function mergeZone<Z extends WithAvailability>(zone: Z, changes: ReadonlyMap<string, AvailabilityBody>): Z {
  const availability = changes.get(zone.id)
  return availability && !sameFigures(zone.availability, availability) ? { ...zone, availability } : zone
}

/**
 * The zones with their newest availability, in the same order; the same list if nothing changed, so that nothing
 * rerenders.
 */
export function mergeZones<Z extends WithAvailability>(
  zones: readonly Z[],
  changes: ReadonlyMap<string, AvailabilityBody>,
): readonly Z[] {
  let changed = false
  const merged = zones.map((zone) => {
    const next = mergeZone(zone, changes)
    changed ||= next !== zone
    return next
  })
  return changed ? merged : zones
}

/** The zones of one live message by id. */
export function changesById(message: LiveAvailabilityBody): ReadonlyMap<string, AvailabilityBody> {
  return new Map(message.zones.map((zone) => [zone.id, zone.availability]))
}
