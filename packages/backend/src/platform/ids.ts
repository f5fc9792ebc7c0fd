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
const CHARACTER_PAIRS = Array.from({ length: 1024 }, (_, i) => ALPHABET.charAt(i >> 5) + ALPHABET.charAt(i & 31))
/** Random numbers for the next ids. They are generated in batches, which is faster. */
const randomPool = new Uint32Array(1024)
let usedCount = randomPool.length
let lastTime = Number.NaN
let timeText = ''
/** The random part of the latest id, 40 bits. */
let randomPart = 0

function nextRandom(): number {
  if (usedCount === randomPool.length) {
    randomFillSync(randomPool)
    usedCount = 0
  }
  usedCount += 1
  return randomPool[usedCount - 1]
}

/**
 * Creates an id: 45 bits of time in milliseconds and 40 random bits, as 17 characters of Crockford's base 32 in lower case.
 * Ids of one process sort by time of creation, even within a millisecond. New rows are therefore appended to an index, and
 * simultaneous reports keep their order.
 */
export function newId(): string {
  const now = Date.now()
  if (now !== lastTime) {
    lastTime = now
    timeText = timeToText(now)
    randomPart = nextRandom() * 128
  }
  // The step is random, so that ids cannot be guessed. Thousands of ids fit into a millisecond.
  randomPart = (randomPart + 1 + (nextRandom() >>> 4)) % 2 ** 40
  const high = Math.floor(randomPart / 2 ** 20)
  const low = randomPart % 2 ** 20
  return (
    timeText +
    CHARACTER_PAIRS[high >> 10] +
    CHARACTER_PAIRS[high & 1023] +
    CHARACTER_PAIRS[low >> 10] +
    CHARACTER_PAIRS[low & 1023]
  )
}

function timeToText(time: number): string {
  let text = ''
  for (let rest = time; text.length < TIME_LENGTH; rest = Math.floor(rest / 32))
    text = ALPHABET.charAt(rest % 32) + text
  return text
}

/** A function that creates ids. Code receives it as a parameter, so that tests can control the ids. */
export type NewId = () => string

function idFromHash(text: string): string {
  return toBase32(hash('sha256', text, 'buffer'), ID_LENGTH)
}

/**
 * The id of a zone that was first imported from `source` under `ref`. It is derived from both, so that importing the same
 * file into another or a restored database gives the same ids.
 */
export function zoneIdFor(source: string, ref: string): string {
  return idFromHash(`${source}\n${ref}`)
}

/** Derives the id of a rider from the secret of their device. The secret cannot be recovered from it. */
export function riderIdFor(secret: string): string {
  return idFromHash(`rider\n${secret}`)
}

/**
 * The id of an item that had the id `ref` in an earlier installation. Every import derives the same id. The hash differs from
 * that of a device secret, so that no device can impersonate such a rider.
 */
export function legacyIdFor(kind: 'rider' | 'report' | 'person' | 'photo', source: string, ref: string): string {
  return idFromHash(`legacy ${kind}\n${source}\n${ref}`)
}

/** A 32-bit hash of an id (FNV-1a). It suffices to find an id among those in memory, but the id cannot be recovered from it. */
export function shortDigest(id: string): number {
  let digest = 0x811c9dc5
  for (let i = 0; i < id.length; i += 1) digest = Math.imul(digest ^ id.charCodeAt(i), 0x01000193)
  return digest >>> 0
}

const FINGERPRINT_LENGTH = 22

/** The first 132 bits of SHA-256 as base64url. Collisions are practically impossible, and indexes stay small. */
export function fingerprint(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, FINGERPRINT_LENGTH)
}

/** Creates a secret for a rider or for the service: 32 random bytes as base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether a bearer token belongs to a machine, by its prefix. Devices never create secrets with this prefix. */
export function isMachineToken(bearer: string): boolean {
  return /^ks_(?:live|feed)_/.test(bearer)
}

/**
 * The SHA-256 of a key as base64url, which is stored instead of the key. A hash without salt is enough, because random keys
 * cannot be guessed.
 */
export function hashOfKey(key: string): string {
  return hash('sha256', key, 'base64url')
}

/**
 * Creates a secret that people store and type: 120 random bits as 24 characters of Crockford's base 32. For secrets of at
 * least 112 bits, a hash without salt is enough (ASVS 6.5.2).
 */
export function newCode(): string {
  return toBase32(randomBytes(15), 24)
}
