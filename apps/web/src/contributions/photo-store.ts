import { openDB, type IDBPDatabase } from 'idb'

const STORE = 'photos'
/** More than this is not kept for later: a phone's storage is not ours. */
export const MOST_WAITING = 10
const LONGEST_SIDE = 2048
const QUALITY = 0.85

let opened: Promise<IDBPDatabase> | null = null

function open(): Promise<IDBPDatabase> {
  opened ??= openDB('kickstand-photos', 1, { upgrade: (db) => void db.createObjectStore(STORE) })
  return opened
}

/** Photos that IndexedDB rejected, held while the page is open. */
const held = new Map<string, Blob>()

/**
 * Keeps a photo until it is sent. Returns whether IndexedDB stored it, so that other tabs can read it. The bytes are stored
 * because some browsers lose stored blobs.
 */
export async function keepPhoto(key: string, photo: Blob): Promise<boolean> {
  try {
    await (await open()).put(STORE, await photo.arrayBuffer(), key)
    return true
  } catch {
    held.set(key, photo)
    return false
  }
}

export async function readPhoto(key: string): Promise<Blob | null> {
  const own = held.get(key)
  if (own !== undefined) return own
  const bytes: unknown = await (await open()).get(STORE, key)
  return bytes instanceof ArrayBuffer ? new Blob([bytes], { type: 'image/jpeg' }) : null
}

export async function forgetPhoto(key: string): Promise<void> {
  if (held.delete(key)) return
  await (await open()).delete(STORE, key)
}

/** The picture of a file, drawn anew: small enough for a phone's network, and without what the camera wrote into it. Throws where it is none. */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  if (made === null) throw new Error('the picture could not be drawn')
  return made
}
