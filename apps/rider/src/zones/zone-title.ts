import type { ZoneBody } from '@kickstand/contract'
import type { Text } from '#i18n/i18n.ts'

/** A zone's name, or its kind if it has no name. */
export function zoneTitle(zone: Pick<ZoneBody, 'name' | 'kind'>, t: Text): string {
  return zone.name ?? t(`kind.${zone.kind ?? 'unknown'}`)
}
