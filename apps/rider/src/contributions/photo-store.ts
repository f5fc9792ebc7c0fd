import { openDB, type IDBPDatabase } from 'idb'

const STORE = 'photos'
/** Limits the storage that unsent photos use on the device. */
export const MAX_WAITING_PHOTOS = 10
const LONGEST_SIDE = 2048
const JPEG_QUALITY = 0.85

let opened: Promise<IDBPDatabase> | null = null

function open(): Promise<IDBPDatabase> {
  opened ??= openDB('kickstand-photos', 1, { upgrade: (db) => void db.createObjectStore(STORE) })
  return opened
}

/** Photos that IndexedDB could not store, kept in memory while the page is open. */
const held = new Map<string, Blob>()

/**
 * Saves a photo until it is sent. Returns whether IndexedDB stored it, so that other tabs can read it. Stores the
 * bytes, because some browsers lose stored blobs.
 */
export async function savePhoto(key: string, photo: Blob): Promise<boolean> {
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

export async function deletePhoto(key: string): Promise<void> {
  if (held.delete(key)) return
  await (await open()).delete(STORE, key)
}

/** Re-encodes a picture: at most `MAX_SIDE_PX` wide and high, without metadata. Throws if the file is not a picture. */
export async function shrinkPhoto(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', JPEG_QUALITY))
  if (jpeg === null) throw new Error('The browser could not encode the picture as JPEG. Try a smaller picture.')
  return jpeg
}
