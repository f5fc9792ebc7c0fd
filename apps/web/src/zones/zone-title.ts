import type { ZoneBody } from '@kickstand/contract'
import type { Messages } from '../i18n/en.ts'

/** A zone's name, or what kind of place it is where nobody named it. */
export function zoneTitle(zone: Pick<ZoneBody, 'name' | 'kind'>, t: Messages): string {
  return zone.name ?? t.unnamedZone(zone.kind && t.kinds[zone.kind])
}
