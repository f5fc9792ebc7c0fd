/** What other features read of the table `zones`, beside the board. */
export { readZoneNames, zoneIdsAfter } from './zone-read-store.ts'
