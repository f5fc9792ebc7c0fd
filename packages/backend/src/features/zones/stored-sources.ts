/** What other features read and change of the stored sources and their entries. */
export {
  countActiveEntries,
  countEntriesOfSources,
  countTotals,
  entriesAfter,
  zoneIdsOf,
  type ListedEntry,
} from './entry-store.ts'
export { zonesOfOthers } from './match-store.ts'
export { putTotals, readSourceRow } from './source-store.ts'
export { deleteEntries, deleteSource, deleteZoneRows, zonesOfOtherSources } from './zone-removal-store.ts'
