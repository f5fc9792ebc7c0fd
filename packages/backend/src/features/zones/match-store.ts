import {
  DEFAULT_MATCH_DISTANCE,
  type EntryName,
  type FactEntry,
  type MatchDecision,
  type SourceTrust,
  type ZoneStatus,
} from '@kickstand/domain'
import { chunks } from '#db/chunks.ts'
import type { DbReader, Tx } from '#db/schema.ts'
import type { ZoneRow } from './tables.ts'
import { zoneIdFor } from '#platform/ids.ts'
import {
  decodeFacts,
  decodeFieldTrust,
  decodeNotes,
  decodeSinceOf,
  decodeTrust,
  type ZoneNotes,
} from './stored-facts.ts'

/** A stored entry with the settings of its source. */
export type StoredEntry = FactEntry & {
  readonly zoneId: string
  /** The id of a zone named after this entry. */
  readonly ownId: string
  readonly firstSeenAt: number
  /** Metres. */
  readonly matchDistance: number
  readonly simulated: boolean
  /** False for a claim about a zone that is no zone by itself: it is not matched, and moves with its zone. */
  readonly standsAlone: boolean
  readonly notes: ZoneNotes
}

/** The trust of a source, and the accuracy of its positions. */
export type SourceSettings = {
  readonly trust: SourceTrust
  readonly fieldTrust: FactEntry['fieldTrust']
  readonly matchDistance: number
  readonly simulated: boolean
}
export type SourceSettingsById = ReadonlyMap<string, SourceSettings>

/** The settings of all sources. */
export async function readSourceSettings(db: DbReader): Promise<SourceSettingsById> {
  const rows = await db
    .selectFrom('sources')
    .select(['id', 'trust', 'field_trust', 'match_distance', 'simulated'])
    .execute()
  return new Map(
    rows.map((row) => [
      row.id,
      {
        trust: decodeTrust(row.trust),
        fieldTrust: decodeFieldTrust(row.field_trust),
        matchDistance: row.match_distance ?? DEFAULT_MATCH_DISTANCE,
        simulated: row.simulated === 1,
      },
    ]),
  )
}

const DEFAULT_SETTINGS: SourceSettings = {
  trust: 'unverified',
  fieldTrust: {},
  matchDistance: DEFAULT_MATCH_DISTANCE,
  simulated: false,
}

type EntryRow = {
  readonly source_id: string
  readonly ref: string
  readonly zone_id: string
  readonly facts: string | null
  readonly field_changed_at: string | null
  readonly cell: number | null
  readonly status: string
  readonly first_seen_at: number
  readonly first_document_date: number | null
}

function toEntry(row: EntryRow, settings: SourceSettingsById): StoredEntry {
  const source = settings.get(row.source_id) ?? DEFAULT_SETTINGS
  const notes = decodeNotes(row.facts)
  return {
    ...source,
    fieldTrust: { ...source.fieldTrust, ...notes.trust },
    source: row.source_id,
    ref: row.ref,
    zoneId: row.zone_id,
    ownId: zoneIdFor(row.source_id, row.ref),
    status: toStatus(row.status),
    facts: decodeFacts(row.facts),
    since: row.first_document_date ?? row.first_seen_at,
    sinceOf: decodeSinceOf(row.field_changed_at),
    firstSeenAt: row.first_seen_at,
    standsAlone: row.cell !== null,
    notes,
  }
}

function toStatus(stored: string): ZoneStatus {
  return stored === 'missing' || stored === 'retired' ? stored : 'active'
}

function selectEntries(db: DbReader) {
  return db
    .selectFrom('zone_sources')
    .select([
      'source_id',
      'ref',
      'zone_id',
      'facts',
      'field_changed_at',
      'cell',
      'status',
      'first_seen_at',
      'first_document_date',
    ])
}

/** The entries with these references. */
export async function readEntries(
  db: DbReader,
  names: readonly EntryName[],
  settings: SourceSettingsById,
): Promise<StoredEntry[]> {
  const found: StoredEntry[] = []
  for (const [source, some] of Map.groupBy(names, (name) => name.source)) {
    for (const part of chunks(some.map(({ ref }) => ref))) {
      const rows = await selectEntries(db).where('source_id', '=', source).where('ref', 'in', part).execute()
      found.push(...rows.map((row) => toEntry(row, settings)))
    }
  }
  return found
}

export async function readEntriesOfZones(
  db: DbReader,
  zoneIds: readonly string[],
  settings: SourceSettingsById,
): Promise<StoredEntry[]> {
  const found: StoredEntry[] = []
  for (const part of chunks(zoneIds)) {
    const rows = await selectEntries(db).where('zone_id', 'in', part).execute()
    found.push(...rows.map((row) => toEntry(row, settings)))
  }
  return found
}

export async function readEntriesInCells(
  db: DbReader,
  cells: readonly number[],
  settings: SourceSettingsById,
): Promise<StoredEntry[]> {
  const found: StoredEntry[] = []
  for (const part of chunks(cells)) {
    const rows = await selectEntries(db).where('cell', 'in', part).execute()
    found.push(...rows.map((row) => toEntry(row, settings)))
  }
  return found
}

/** Those of these cells that contain an entry of another source. */
export async function cellsOfOthers(db: DbReader, cells: readonly number[], source: string): Promise<Set<number>> {
  const found = new Set<number>()
  for (const part of chunks(cells)) {
    const rows = await db
      .selectFrom('zone_sources')
      .select('cell')
      .where('cell', 'in', part)
      .where('source_id', '!=', source)
      .distinct()
      .execute()
    for (const { cell } of rows) found.add(Number(cell))
  }
  return found
}

/** Those of these zones that another source has an entry for. */
export async function zonesOfOthers(db: DbReader, zoneIds: readonly string[], source: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (const part of chunks(zoneIds)) {
    const rows = await db
      .selectFrom('zone_sources')
      .select('zone_id')
      .where('zone_id', 'in', part)
      .where('source_id', '!=', source)
      .execute()
    for (const { zone_id } of rows) found.add(zone_id)
  }
  return found
}

/** Those of these zones that another source lists. Claims without a position do not count. */
export async function zonesListedByOthers(
  db: DbReader,
  zoneIds: readonly string[],
  source: string,
): Promise<Set<string>> {
  const found = new Set<string>()
  for (const part of chunks(zoneIds)) {
    const rows = await db
      .selectFrom('zone_sources')
      .select('zone_id')
      .where('zone_id', 'in', part)
      .where('source_id', '!=', source)
      .where('status', '!=', 'retired')
      .where('cell', 'is not', null)
      .execute()
    for (const { zone_id } of rows) found.add(zone_id)
  }
  return found
}

export async function readZoneRows(db: DbReader, ids: readonly string[]): Promise<Map<string, ZoneRow>> {
  const found = new Map<string, ZoneRow>()
  for (const part of chunks(ids)) {
    const rows = await db.selectFrom('zones').selectAll().where('id', 'in', part).execute()
    for (const row of rows) found.set(row.id, row)
  }
  return found
}

/** Human decisions on any of these entries. */
export async function readDecisions(db: DbReader, names: readonly EntryName[]): Promise<MatchDecision[]> {
  const any = await db.selectFrom('match_reviews').select('id').where('state', '!=', 'open').limit(1).execute()
  if (any.length === 0) return []
  const found = new Map<string, MatchDecision>()
  for (const side of ['a', 'b'] as const) {
    for (const [source, some] of Map.groupBy(names, (name) => name.source)) {
      for (const part of chunks(some.map(({ ref }) => ref))) {
        const rows = await db
          .selectFrom('match_reviews')
          .selectAll()
          .where('state', '!=', 'open')
          .where(`source_${side}`, '=', source)
          .where(`ref_${side}`, 'in', part)
          .execute()
        for (const row of rows) {
          found.set(row.id, {
            a: { source: row.source_a, ref: row.ref_a },
            b: { source: row.source_b, ref: row.ref_b },
            same: row.state === 'merged',
            at: row.decided_at ?? 0,
          })
        }
      }
    }
  }
  return [...found.values()]
}

export async function moveEntry(tx: Tx, { source, ref }: EntryName, zoneId: string): Promise<void> {
  await tx
    .updateTable('zone_sources')
    .set({ zone_id: zoneId })
    .where('source_id', '=', source)
    .where('ref', '=', ref)
    .execute()
}

/** Moves the claims without a position with their zone. */
export async function movePlaceless(tx: Tx, fromZone: string, zoneId: string): Promise<void> {
  await tx
    .updateTable('zone_sources')
    .set({ zone_id: zoneId })
    .where('zone_id', '=', fromZone)
    .where('cell', 'is', null)
    .execute()
}

export type NewZone = Omit<ZoneRow, 'merged_into'>

export async function insertZones(tx: Tx, zones: readonly NewZone[]): Promise<void> {
  for (const part of chunks(zones)) await tx.insertInto('zones').values(part).execute()
}

export async function updateZone(tx: Tx, id: string, columns: Omit<NewZone, 'id' | 'created_at'>): Promise<void> {
  await tx
    .updateTable('zones')
    .set({ ...columns, merged_into: null })
    .where('id', '=', id)
    .execute()
}

/** Redirects a merged zone to the other one, and retires it. */
export async function mergeZone(tx: Tx, id: string, into: string, now: number): Promise<void> {
  await tx
    .updateTable('zones')
    .set({ merged_into: into, status: 'retired', updated_at: now })
    .where('id', '=', id)
    .execute()
}
