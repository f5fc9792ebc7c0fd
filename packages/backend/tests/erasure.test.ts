import { forEachEngine, type TestDatabase } from '@kickstand/testkit/engines'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEventLog } from '#db/event-log.ts'
import { openDatabase, type Database } from '#db/open-database.ts'
import type { Db } from '#db/schema.ts'
import { deleteZones } from '#features/erasure/delete-zones.ts'
import { eraseRiders } from '#features/erasure/erase-riders.ts'
import { findUsedZones } from '#features/erasure/find-used-zones.ts'
import { systemClock } from '#platform/clock.ts'
import { newId } from '#platform/ids.ts'
import { sleep } from '#platform/sleep.ts'
import { countWhere, insertIntoEach, tablesWith } from './support/fill-tables.ts'

/** Copies of the open data learn from this table that a zone was deleted. */
const KEPT_OF_ZONES = ['zone_changes']

forEachEngine((engine) => {
  let testDatabase: TestDatabase
  let database: Database
  let db: Db

  beforeEach(async () => {
    testDatabase = await engine.open()
    database = await openDatabase(testDatabase.url, systemClock)
    db = database.db
  })
  afterEach(async () => {
    await database.close()
    await testDatabase.dispose()
  })

  function erase(riderIds: readonly string[]): Promise<number> {
    const eventLog = createEventLog(database, systemClock, newId(), sleep)
    return eventLog.commit((tx, append) => eraseRiders(tx, append, riderIds, { newId, now: systemClock() }))
  }

  async function counts(tables: readonly string[], column: string, value: string): Promise<[string, number][]> {
    return Promise.all(tables.map(async (table) => [table, await countWhere(db, table, column, value)]))
  }

  describe('deleted zones', () => {
    it('leave no row in any table with a zone_id, and those of other zones stay', async () => {
      const tables = await tablesWith(db, 'zone_id')
      await insertIntoEach(db, ['zones'], 1, { id: 'gone' })
      await insertIntoEach(db, ['zones'], 2, { id: 'kept' })
      await insertIntoEach(db, tables, 1, { zone_id: 'gone' })
      await insertIntoEach(db, tables, 2, { zone_id: 'kept' })
      await db.transaction().execute((tx) => deleteZones(tx, ['gone', 'unknown']))
      const left = tables.map((table): [string, number] => [table, KEPT_OF_ZONES.includes(table) ? 1 : 0])
      expect(await counts(tables, 'zone_id', 'gone')).toEqual(left)
      expect(await counts(tables, 'zone_id', 'kept')).toEqual(tables.map((table) => [table, 1]))
      expect(await counts(['zones'], 'id', 'gone')).toEqual([['zones', 0]])
      expect(await counts(['zones'], 'id', 'kept')).toEqual([['zones', 1]])
    })
  })

  describe('a used zone', () => {
    it.each(['reports', 'contributions', 'photos', 'sensors', 'readings'])('has rows in %s', async (table) => {
      await insertIntoEach(db, [table], 1, { zone_id: 'used' })
      const used = await db.transaction().execute((tx) => findUsedZones(tx, ['used', 'unused']))
      expect([...used]).toEqual(['used'])
    })

    it('is not one with derived figures only', async () => {
      await insertIntoEach(db, ['estimates', 'scores', 'zone_sources'], 1, { zone_id: 'unused' })
      expect([...(await db.transaction().execute((tx) => findUsedZones(tx, ['unused'])))]).toEqual([])
    })
  })

  describe('erased riders', () => {
    it('are named in no table with a rider_id, and other riders stay', async () => {
      const tables = await tablesWith(db, 'rider_id')
      await insertIntoEach(db, ['riders'], 1, { id: 'gone' })
      await insertIntoEach(db, ['riders'], 2, { id: 'kept' })
      await insertIntoEach(db, tables, 1, { rider_id: 'gone', value: '1' })
      await insertIntoEach(db, tables, 2, { rider_id: 'kept', value: '2' })
      expect(await erase(['gone', 'unknown'])).toBe(1)
      expect(await counts(tables, 'rider_id', 'gone')).toEqual(tables.map((table) => [table, 0]))
      expect(await counts(tables, 'rider_id', 'kept')).toEqual(tables.map((table) => [table, 1]))
      expect(await counts(['riders'], 'id', 'gone')).toEqual([['riders', 0]])
      expect(await counts(['riders'], 'id', 'kept')).toEqual([['riders', 1]])
    })

    it('leave their reports under another id at each zone, without their keys and networks', async () => {
      for (const [n, zone_id] of ['one', 'one', 'two'].entries()) {
        await insertIntoEach(db, ['reports'], n, { id: `report${n}`, zone_id, rider_id: 'gone', network: 'home' })
      }
      await erase(['gone'])
      const reports = await db
        .selectFrom('reports')
        .select(['rider_id', 'idempotency', 'network'])
        .orderBy('id')
        .execute()
      const [first, second, third] = reports.map(({ rider_id }) => rider_id)
      expect(first).toBe(second)
      expect(new Set([first, third, 'gone']).size).toBe(3)
      expect(reports.map(({ idempotency }) => idempotency)).toEqual([null, null, null])
      expect(reports.map(({ network }) => network)).toEqual([null, null, null])
    })

    it('take their idempotency keys with them, and leave those of others and of feed keys', async () => {
      const row = { payload_hash: 'hash', answer: '{}', received_at: 0 }
      const keys = [
        { namespace: 'contributions', id: 'a', principal: 'gone', ...row },
        { namespace: 'contributions', id: 'b', principal: 'other', ...row },
        { namespace: 'readings', id: 'c', principal: 'gone', ...row },
      ]
      await db.deleteFrom('idempotency_keys').execute()
      await db.insertInto('idempotency_keys').values(keys).execute()
      await erase(['gone'])
      const left = await db.selectFrom('idempotency_keys').select('id').orderBy('id').execute()
      expect(left.map(({ id }) => id)).toEqual(['b', 'c'])
    })

    it('leave contributions that another rider supports, as those of the supporter, and accepted ones', async () => {
      const contributions = { accepted: 'accepted', supported: 'pending', alone: 'pending', disputed: 'pending' }
      for (const [n, [id, state]] of Object.entries(contributions).entries()) {
        const row = { rider_id: 'gone', zone_id: 'zone', field: id, value: '1' }
        await insertIntoEach(db, ['contributions'], n, { id, state, verdict: state, ...row })
        await insertIntoEach(db, ['contribution_votes'], n, row)
      }
      await db
        .updateTable('contributions')
        .set({ verdict: null, expires_at: null, due_at: null })
        .where('id', '!=', 'accepted')
        .execute()
      await db.updateTable('contribution_votes').set({ undone_at: null }).execute()
      for (const [n, [field, value]] of [['supported', '1'] as const, ['disputed', '2'] as const].entries()) {
        await insertIntoEach(db, ['contribution_votes'], 8 + n, { rider_id: 'other', zone_id: 'zone', field, value })
      }
      await db.updateTable('contribution_votes').set({ undone_at: null }).execute()
      await erase(['gone'])
      const left = await db.selectFrom('contributions').select(['id', 'rider_id']).orderBy('id').execute()
      expect(left).toEqual([
        { id: 'accepted', rider_id: expect.not.stringMatching(/^gone$/) },
        { id: 'supported', rider_id: 'other' },
      ])
      expect(await countWhere(db, 'contribution_votes', 'rider_id', 'other')).toBe(2)
    })
  })
})
