import type { AvailabilityBody, NearbyBody, ZoneBody } from '@kickstand/contract'
import type { Format } from '@kickstand/i18n'
import type { QueryClient } from '@tanstack/react-query'
import type { Point } from '#api/client.ts'
import { KEYS } from '#api/queries.ts'
import type { Text } from '#i18n/i18n.ts'
import { figureText } from '#zones/figures.ts'
import { zoneTitle } from '#zones/zone-title.ts'

/** Changes are announced for this many zones at the top of the list. */
const ANNOUNCED_ZONES = 3

type Announced = {
  readonly client: QueryClient
  /** The centre of the list. */
  readonly centre: Point | null
  /** The open zone; null if the list is shown. */
  readonly zoneId: string | null
  /** The figures announced last, by zone and locale. */
  readonly figures: Map<string, string>
  readonly t: Text
  readonly format: Format
  readonly announce: (sentence: string) => void
}

/** Announces changed figures of the open zone, or of the nearest zones, to screen readers. */
export function announceChanges(
  changes: ReadonlyMap<string, AvailabilityBody>,
  { client, centre, zoneId, figures, t, format, announce }: Announced,
): void {
  const lists = client.getQueriesData<NearbyBody>({ queryKey: [KEYS.nearby, centre] })
  const nearest: Pick<ZoneBody, 'id' | 'name' | 'kind' | 'availability'>[] = lists[0]?.[1]?.zones ?? []
  const open = zoneId === null ? undefined : client.getQueriesData<ZoneBody>({ queryKey: [KEYS.zone, zoneId] })[0]?.[1]
  for (const zone of open ? [open] : nearest.slice(0, ANNOUNCED_ZONES)) {
    if (!changes.has(zone.id)) continue
    const figure = figureText(zone.availability, t, format)
    const key = `${zone.id} ${format.locale}`
    const before = figures.get(key)
    figures.set(key, figure)
    if (before !== undefined && before !== figure) announce(t('live.changed', { zone: zoneTitle(zone, t), figure }))
  }
}
