import type { AppConfigBody, ZoneBody } from '@kickstand/contract'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** A zone as the server last told it; `at` is when, in epoch milliseconds by this device. */
export type KnownZone = { readonly id: string; readonly zone: ZoneBody; readonly at: number }

type Known = DBSchema & {
  zones: { key: string; value: KnownZone; indexes: { at: number } }
  config: { key: 'app-config'; value: { readonly config: AppConfigBody; readonly at: number } }
}

/** Enough for where a rider lives, works and was last. */
const ZONES_KEPT = 1_500

/** The last known state on this device. Only zones that the page has shown; never where the rider is. */
export type KnownStore = {
  putZones(zones: readonly KnownZone[]): Promise<void>
  zones(): Promise<readonly KnownZone[]>
  zone(id: string): Promise<KnownZone | undefined>
  putConfig(config: AppConfigBody, at: number): Promise<void>
  config(): Promise<{ readonly config: AppConfigBody; readonly at: number } | undefined>
}

export async function openKnownStore(): Promise<KnownStore> {
  const db = await openDB<Known>('kickstand', 1, {
    upgrade(made) {
      made.createObjectStore('zones', { keyPath: 'id' }).createIndex('at', 'at')
      made.createObjectStore('config')
    },
  })
  return {
    async putZones(zones) {
      const tx = db.transaction('zones', 'readwrite')
      await Promise.all([...zones.map((zone) => tx.store.put(zone)), tx.done])
      await forgetOldest(db)
    },
    zones: () => db.getAll('zones'),
    zone: (id) => db.get('zones', id),
    async putConfig(config, at) {
      await db.put('config', { config, at }, 'app-config')
    },
    config: () => db.get('config', 'app-config'),
  }
}

async function forgetOldest(db: IDBPDatabase<Known>): Promise<void> {
  const tx = db.transaction('zones', 'readwrite')
  let over = (await tx.store.count()) - ZONES_KEPT
  for (let cursor = await tx.store.index('at').openCursor(); cursor && over > 0; over -= 1) {
    await cursor.delete()
    cursor = await cursor.continue()
  }
  await tx.done
}
