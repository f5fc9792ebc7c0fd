import type { AppConfigBody, ZoneBody } from '@kickstand/contract'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** A zone from the server's last answer; `at` is its time in epoch milliseconds by this device's clock. */
export type SavedZone = { readonly id: string; readonly zone: ZoneBody; readonly at: number }

type SavedSchema = DBSchema & {
  zones: { key: string; value: SavedZone; indexes: { at: number } }
  config: { key: 'app-config'; value: { readonly config: AppConfigBody; readonly at: number } }
}

/** Enough for a few neighbourhoods. The oldest zones are deleted first. */
const MAX_SAVED_ZONES = 1_500

/** Zones that the page has shown, saved on this device. It never stores the rider's position. */
export type SavedZonesStore = {
  putZones(zones: readonly SavedZone[]): Promise<void>
  zones(): Promise<readonly SavedZone[]>
  zone(id: string): Promise<SavedZone | undefined>
  putConfig(config: AppConfigBody, at: number): Promise<void>
  config(): Promise<{ readonly config: AppConfigBody; readonly at: number } | undefined>
}

/** Opens the database of the browser, and creates it the first time. Rejects where the browser does not allow one. */
export async function openSavedZonesStore(): Promise<SavedZonesStore> {
  const db = await openDB<SavedSchema>('kickstand', 1, {
    upgrade(created) {
      created.createObjectStore('zones', { keyPath: 'id' }).createIndex('at', 'at')
      created.createObjectStore('config')
    },
  })
  return {
    async putZones(zones) {
      const tx = db.transaction('zones', 'readwrite')
      await Promise.all([...zones.map((zone) => tx.store.put(zone)), tx.done])
      await deleteOldest(db)
    },
    zones: () => db.getAll('zones'),
    zone: (id) => db.get('zones', id),
    async putConfig(config, at) {
      await db.put('config', { config, at }, 'app-config')
    },
    config: () => db.get('config', 'app-config'),
  }
}

async function deleteOldest(db: IDBPDatabase<SavedSchema>): Promise<void> {
  const tx = db.transaction('zones', 'readwrite')
  let over = (await tx.store.count()) - MAX_SAVED_ZONES
  for (let cursor = await tx.store.index('at').openCursor(); cursor && over > 0; over -= 1) {
    await cursor.delete()
    cursor = await cursor.continue()
  }
  await tx.done
}
