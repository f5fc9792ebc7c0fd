import { mergeFacts, assignZoneIds, partitionEntries, type FactEntry, type ZoneStatus } from '@kickstand/domain'
import type { Tx, ZoneRow } from '#db/schema.ts'
import { factColumns } from './import-rows.ts'
import { gatherNeighbourhood, type PlacedEntry, type Touched } from './match-neighbourhood.ts'
import { syncReviews } from './match-reviews.ts'
import {
  insertZones,
  mergeZone,
  moveEntry,
  movePlaceless,
  readEntriesOfZones,
  readStandings,
  readZoneRows,
  updateZone,
  type NewZone,
  type Standings,
  type StoredEntry,
} from './match-store.ts'

/**
 * Brings zones in line with what the sources say after some entries of one source were written: decides which entries are one zone,
 * keeps the zones' ids, and makes each zone's facts from its entries. Everything that the touched entries have to do with is looked at,
 * and nothing else.
 * @returns the ids of the zones that are others now, for the event of the same transaction
 */
export async function reconcileZones(
  tx: Tx,
  touched: readonly Touched[],
  source: string,
  now: number,
): Promise<string[]> {
  if (touched.length === 0) return []
  const standings = await readStandings(tx)
  const around = await gatherNeighbourhood(tx, touched, source, standings)
  const inside = around.entries.slice(0, around.inside)
  const within = around.pairs.filter(({ a, b }) => a < around.inside && b < around.inside)
  const partition = partitionEntries(inside, within, around.decisions)
  const members = partition.clusters.map((cluster) => cluster.map((at) => inside[at]))
  const rows = await readZoneRows(tx, [...new Set(inside.flatMap(({ zoneId, ownId }) => [zoneId, ownId]))])
  const bornAt = new Map([...rows.values()].filter(stands).map((row) => [row.id, row.created_at]))
  const ids = assignZoneIds(members, bornAt)

  const told = new Set<string>()
  await moveEntries(tx, members, ids, told, rows, now)
  await writeZones(tx, members, ids, rows, standings, told, now)
  if (!around.isQuiet) await syncReviews(tx, around, partition, standings, now)
  return [...told]
}

/**
 * Makes zones anew from what is said of them now, where nothing that stands alone was written: which entries are one zone stays.
 * @returns the ids of the zones that are others now
 */
export async function rebuildZones(tx: Tx, zoneIds: readonly string[], now: number): Promise<string[]> {
  const standings = await readStandings(tx)
  const entries = (await readEntriesOfZones(tx, zoneIds, standings)).filter(({ standsAlone }) => standsAlone)
  const byZone = [...Map.groupBy(entries, ({ zoneId }) => zoneId)]
  const ids = byZone.map(([id]) => id)
  const told = new Set<string>()
  const members = byZone.map(([, some]) => some)
  await writeZones(tx, members, ids, await readZoneRows(tx, ids), standings, told, now)
  return [...told]
}

const stands = (row: ZoneRow): boolean => row.merged_into === null

/** Entries go to their zones; a zone that none is called after any more leads to where the entry is that it was called after. */
async function moveEntries(
  tx: Tx,
  members: readonly (readonly PlacedEntry[])[],
  ids: readonly string[],
  told: Set<string>,
  rows: ReadonlyMap<string, ZoneRow>,
  now: number,
): Promise<void> {
  const standing = new Set(ids)
  for (const [i, entries] of members.entries()) {
    const id = ids[i]
    for (const entry of entries) {
      if (entry.zoneId !== id) await moveEntry(tx, entry, id)
    }
    const former = new Set(entries.flatMap(({ zoneId, ownId }) => [zoneId, ownId]).filter((one) => !standing.has(one)))
    for (const one of former) {
      const row = rows.get(one)
      if (row === undefined || row.merged_into === id) continue
      // Its entries may have gone to several zones: the one that it was called after says where it leads.
      if (!isOwnerHere(one, entries) && members.some((others) => isOwnerHere(one, others))) continue
      await mergeZone(tx, one, id, now)
      await movePlaceless(tx, one, id)
      told.add(one)
    }
  }
}

function isOwnerHere(zoneId: string, entries: readonly PlacedEntry[]): boolean {
  return entries.some(({ ownId }) => ownId === zoneId)
}

async function writeZones(
  tx: Tx,
  members: readonly (readonly StoredEntry[])[],
  ids: readonly string[],
  rows: ReadonlyMap<string, ZoneRow>,
  standings: Standings,
  told: Set<string>,
  now: number,
): Promise<void> {
  const bound = await readBound(tx, ids, rows, standings)
  const fresh: NewZone[] = []
  for (const [i, entries] of members.entries()) {
    const id = ids[i]
    const all = [...entries, ...(bound.get(id) ?? [])]
    const merged = mergeFacts(all)
    if (merged === null) continue
    const columns = { ...factColumns(merged.facts, statusOf(entries, all), now), blocked_until: blockedUntil(all) }
    const before = rows.get(id)
    if (before === undefined) fresh.push({ id, created_at: now, ...columns })
    else if (stands(before) && isSame(before, columns)) continue
    else await updateZone(tx, id, columns)
    told.add(id)
  }
  await insertZones(tx, fresh)
}

/** What riders say of a zone, by zone. */
async function readBound(
  tx: Tx,
  ids: readonly string[],
  rows: ReadonlyMap<string, ZoneRow>,
  standings: Standings,
): Promise<ReadonlyMap<string, StoredEntry[]>> {
  const old = ids.filter((id) => rows.has(id))
  const entries = (await readEntriesOfZones(tx, old, standings)).filter(({ standsAlone }) => !standsAlone)
  return Map.groupBy(entries, ({ zoneId }) => zoneId)
}

/** A zone stands while any source lists it, unless those on the spot say that it is gone. */
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
