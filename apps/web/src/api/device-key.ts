const STORED_AS = 'kickstand.device-key'
const KEY_BYTES = 32

/** An unguessable random key. `crypto.randomUUID` does not exist on pages served over plain http. */
export function randomKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(KEY_BYTES))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Whether this device has ever said anything. */
export function hasDeviceKey(storage: Pick<Storage, 'getItem'>): boolean {
  return storage.getItem(STORED_AS) !== null
}

/** The secret that binds an anonymous rider to this device; made at the first report and never before. */
export function deviceKey(storage: Pick<Storage, 'getItem' | 'setItem'>): string {
  const known = storage.getItem(STORED_AS)
  if (known) return known
  const made = randomKey()
  storage.setItem(STORED_AS, made)
  return made
}
