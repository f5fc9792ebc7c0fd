const STORED_AS = 'kickstand.device-key'
const KEY_BYTES = 32

/** An unguessable random key. `crypto.randomUUID` does not exist on pages served over plain http. */
export function randomKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(KEY_BYTES))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Whether this device has ever sent a report or contribution. */
export function hasDeviceKey(storage: Pick<Storage, 'getItem'>): boolean {
  return storage.getItem(STORED_AS) !== null
}

/** The secret that identifies an anonymous rider by their device. Created at the first report or contribution. */
export function deviceKey(storage: Pick<Storage, 'getItem' | 'setItem'>): string {
  const known = storage.getItem(STORED_AS)
  if (known) return known
  const created = randomKey()
  storage.setItem(STORED_AS, created)
  return created
}
