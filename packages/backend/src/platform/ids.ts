import { hash, randomBytes, randomFillSync } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const ID_LENGTH = 13

function toBase32(bytes: Uint8Array, length: number): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5 && text.length < length) {
      bits -= 5
      text += ALPHABET.charAt((value >>> bits) & 31)
    }
    value &= (1 << bits) - 1
  }
  return text
}

const TIME_LENGTH = 9
const PAIRS = Array.from({ length: 1024 }, (_, i) => ALPHABET.charAt(i >> 5) + ALPHABET.charAt(i & 31))
/** Random numbers are generated in batches. */
const randomPool = new Uint32Array(1024)
let used = randomPool.length
let lastTime = Number.NaN
let timeText = ''
/** The random part of the last id, 40 bits. */
let randomPart = 0

function nextRandom(): number {
  if (used === randomPool.length) {
    randomFillSync(randomPool)
    used = 0
  }
  used += 1
  return randomPool[used - 1]
}

/**
 * A new id: 17 characters of Crockford's base 32 in lower case, 45 bits of time in milliseconds and 40 random bits. Ids
 * sort in the order of creation, also within a millisecond: new rows are then appended to an index, and reports of one
 * moment keep their order.
 */
export function newId(): string {
  const now = Date.now()
  if (now !== lastTime) {
    lastTime = now
    timeText = timeToText(now)
    randomPart = nextRandom() * 128
  }
  // A random step, so that ids cannot be guessed. A millisecond has room for thousands of them.
  randomPart = (randomPart + 1 + (nextRandom() >>> 4)) % 2 ** 40
  const high = Math.floor(randomPart / 2 ** 20)
  const low = randomPart % 2 ** 20
  return timeText + PAIRS[high >> 10] + PAIRS[high & 1023] + PAIRS[low >> 10] + PAIRS[low & 1023]
}

function timeToText(time: number): string {
  let text = ''
  for (let rest = time; text.length < TIME_LENGTH; rest = Math.floor(rest / 32))
    text = ALPHABET.charAt(rest % 32) + text
  return text
}

/** Creates ids; a parameter, so that tests can control them. */
export type NewId = () => string

function idFromHash(text: string): string {
  return toBase32(hash('sha256', text, 'buffer'), ID_LENGTH)
}

/**
 * The id of a zone that was first imported from `source` under `ref`. Derived, not random: importing the same file into
 * any database, now or after a restore, gives the same ids.
 */
export function zoneIdFor(source: string, ref: string): string {
  return idFromHash(`${source}\n${ref}`)
}

/** The id of the rider with a device secret. The secret cannot be recovered from it. */
export function riderIdFor(secret: string): string {
  return idFromHash(`rider\n${secret}`)
}

/**
 * The id of an item that an earlier installation called `ref`; the same in every import. Hashed unlike a device secret,
 * so that no device can impersonate such a rider.
 */
export function legacyIdFor(kind: 'rider' | 'report' | 'person' | 'photo', source: string, ref: string): string {
  return idFromHash(`legacy ${kind}\n${source}\n${ref}`)
}

/**
 * 32 bits of an id (FNV-1a): enough to find it among those that a process knows, too few to tell which one it is.
 */
export function shortDigest(id: string): number {
  let digest = 0x811c9dc5
  for (let i = 0; i < id.length; i += 1) digest = Math.imul(digest ^ id.charCodeAt(i), 0x01000193)
  return digest >>> 0
}

const FINGERPRINT_LENGTH = 22

/** The first 132 bits of SHA-256 as base64url, for payloads and keys: no collisions, and small indexes. */
export function fingerprint(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, FINGERPRINT_LENGTH)
}

/** A secret for a rider without one, or for the service: 32 random bytes as base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether a bearer is the token of a machine, by its prefix. No device chooses such a secret. */
export function isMachineToken(bearer: string): boolean {
  return /^ks_(?:live|feed)_/.test(bearer)
}

/** SHA-256 as base64url, as stored. A plain hash is enough for a random key, which cannot be guessed. */
export function hashOfKey(key: string): string {
  return hash('sha256', key, 'base64url')
}

/**
 * A secret for people to keep and type: 120 random bits as 24 characters of Crockford's base 32. With at least 112 bits a plain
 * hash is enough for it (ASVS 6.5.2).
 */
export function newCode(): string {
  return toBase32(randomBytes(15), 24)
}
