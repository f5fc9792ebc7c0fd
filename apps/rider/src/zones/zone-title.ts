import type { ZoneBody } from '@kickstand/contract'
import type { Messages } from '../i18n/en.ts'

/** A zone's name, or its kind if it has no name. */
export function zoneTitle(zone: Pick<ZoneBody, 'name' | 'kind'>, t: Messages): string {
  return zone.name ?? t.unnamedZone(zone.kind && t.kinds[zone.kind])
}
