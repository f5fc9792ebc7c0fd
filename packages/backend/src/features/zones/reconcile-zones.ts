import { mergeFacts, assignZoneIds, partitionEntries, type FactEntry, type ZoneStatus } from '@kickstand/domain'
import type { Tx } from '#db/schema.ts'
import type { ZoneRow } from './tables.ts'
import { zoneColumns } from './import-rows.ts'
import { gatherNeighbourhood, type PlacedEntry, type Touched } from './match-neighbourhood.ts'
import { syncReviews } from './match-reviews.ts'
import {
  insertZones,
  mergeZone,
  moveEntry,
  movePlaceless,
  readEntriesOfZones,
  readSourceSettings,
  readZoneRows,
  updateZone,
  type NewZone,
  type SourceSettingsById,
  type StoredEntry,
} from './match-store.ts'

/**
 * Updates zones after entries of one source were written: decides which entries are the same zone, keeps the zones'
 * ids, and merges each zone's facts from its entries. Only entries linked with the touched ones are read.
 * @returns the ids of the changed zones, for the event of the same transaction
 */
export async function reconcileZones(
  tx: Tx,
  touched: readonly Touched[],
  source: string,
  now: number,
): Promise<string[]> {
  if (touched.length === 0) return []
  const settings = await readSourceSettings(tx)
  const around = await gatherNeighbourhood(tx, touched, source, settings)
  const inside = around.entries.slice(0, around.inside)
  const within = around.pairs.filter(({ a, b }) => a < around.inside && b < around.inside)
  const partition = partitionEntries(inside, within, around.decisions)
  const members = partition.clusters.map((cluster) => cluster.map((at) => inside[at]))
  const rows = await readZoneRows(tx, [...new Set(inside.flatMap(({ zoneId, ownId }) => [zoneId, ownId]))])
  const bornAt = new Map([...rows.values()].filter(isNotMerged).map((row) => [row.id, row.created_at]))
  const ids = assignZoneIds(members, bornAt)

  const changedIds = new Set<string>()
  await moveEntries(tx, members, ids, changedIds, rows, now)
  await writeZones(tx, members, ids, rows, settings, changedIds, now)
  if (!around.isSingleSource) await syncReviews(tx, around, partition, settings, now)
  return [...changedIds]
}

/**
 * Merges zones again from their current entries. Use it where only claims changed, so that the entries of each zone
 * stay.
 * @returns the ids of the changed zones
 */
export async function rebuildZones(tx: Tx, zoneIds: readonly string[], now: number): Promise<string[]> {
  const settings = await readSourceSettings(tx)
  const entries = (await readEntriesOfZones(tx, zoneIds, settings)).filter(({ standsAlone }) => standsAlone)
  const byZone = [...Map.groupBy(entries, ({ zoneId }) => zoneId)]
  const ids = byZone.map(([id]) => id)
  const changedIds = new Set<string>()
  const members = byZone.map(([, some]) => some)
  await writeZones(tx, members, ids, await readZoneRows(tx, ids), settings, changedIds, now)
  return [...changedIds]
}

const isNotMerged = (row: ZoneRow): boolean => row.merged_into === null

/**
 * Moves entries to their zones. A zone whose id is no longer used redirects to the zone of the entry that it was named
 * after.
 */
async function moveEntries(
  tx: Tx,
  members: readonly (readonly PlacedEntry[])[],
  ids: readonly string[],
  changedIds: Set<string>,
  rows: ReadonlyMap<string, ZoneRow>,
  now: number,
): Promise<void> {
  const currentIds = new Set(ids)
  for (const [i, entries] of members.entries()) {
    const id = ids[i]
    for (const entry of entries) {
      if (entry.zoneId !== id) await moveEntry(tx, entry, id)
    }
    const former = new Set(
      entries.flatMap(({ zoneId, ownId }) => [zoneId, ownId]).filter((one) => !currentIds.has(one)),
    )
    for (const one of former) {
      const row = rows.get(one)
      if (row === undefined || row.merged_into === id) continue
      // Its entries may have moved to several zones. The redirect leads to the zone of the entry that it was named
      // after.
      if (!hasOwner(one, entries) && members.some((others) => hasOwner(one, others))) continue
      await mergeZone(tx, one, id, now)
      await movePlaceless(tx, one, id)
      changedIds.add(one)
    }
  }
}

function hasOwner(zoneId: string, entries: readonly PlacedEntry[]): boolean {
  return entries.some(({ ownId }) => ownId === zoneId)
}

async function writeZones(
  tx: Tx,
  members: readonly (readonly StoredEntry[])[],
  ids: readonly string[],
  rows: ReadonlyMap<string, ZoneRow>,
  settings: SourceSettingsById,
  changedIds: Set<string>,
  now: number,
): Promise<void> {
  const claims = await readClaims(tx, ids, rows, settings)
  const fresh: NewZone[] = []
  for (const [i, entries] of members.entries()) {
    const id = ids[i]
    const all = [...entries, ...(claims.get(id) ?? [])]
    const merged = mergeFacts(all)
    if (merged === null) continue
    const columns = { ...zoneColumns(merged.facts, statusOf(entries, all), now), blocked_until: blockedUntil(all) }
    const before = rows.get(id)
    if (before === undefined) fresh.push({ id, created_at: now, ...columns })
    else if (isNotMerged(before) && isSame(before, columns)) continue
    else await updateZone(tx, id, columns)
    changedIds.add(id)
  }
  await insertZones(tx, fresh)
}

/** Claims without a position (contributions of riders), by zone. */
async function readClaims(
  tx: Tx,
  ids: readonly string[],
  rows: ReadonlyMap<string, ZoneRow>,
  settings: SourceSettingsById,
): Promise<ReadonlyMap<string, StoredEntry[]>> {
  const old = ids.filter((id) => rows.has(id))
  const entries = (await readEntriesOfZones(tx, old, settings)).filter(({ standsAlone }) => !standsAlone)
  return Map.groupBy(entries, ({ zoneId }) => zoneId)
}

/** A zone is active while any source lists it, unless riders or moderators removed it. */
function statusOf(entries: readonly FactEntry[], all: readonly StoredEntry[]): ZoneStatus {
  if (all.some(({ notes }) => notes.gone === true)) return 'retired'
  const has = (status: ZoneStatus): boolean => entries.some((entry) => entry.status === status)
  return has('active') ? 'active' : has('missing') ? 'missing' : 'retired'
}

function blockedUntil(entries: readonly StoredEntry[]): number | null {
  const times = entries.flatMap(({ notes }) => notes.blockedUntil ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

function isSame(row: ZoneRow, columns: object): boolean {
  return Object.entries(columns).every(([name, value]) => name === 'updated_at' || Reflect.get(row, name) === value)
}
