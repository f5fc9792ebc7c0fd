/** What other features read of the zones in the database, beside the board. */
export { readCapacities, zonesById, zonesByRef, type FeedZone } from './feed-zone-store.ts'
export { countShownZones, countZones, hasAnyZone, readSources, readZoneNames, zoneIdsAfter } from './zone-read-store.ts'
