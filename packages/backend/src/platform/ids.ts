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
/** Chance is drawn for so many ids at once. */
const drawn = new Uint32Array(1024)
let used = drawn.length
let lastTime = Number.NaN
let timeText = ''
/** The part of the last id that is chance, 40 bits. */
let chance = 0

function draw(): number {
  if (used === drawn.length) {
    randomFillSync(drawn)
    used = 0
  }
  used += 1
  return drawn[used - 1]
}

/**
 * A fresh id: 17 characters of Crockford's base 32 in lower case, 45 bits of time in milliseconds and 40 of chance. Ids made
 * one after the other sort so, also within a millisecond: new rows then go to the end of an index, where pages are written once
 * for many, and reports of one moment keep their order.
 */
export function newId(): string {
  const now = Date.now()
  if (now !== lastTime) {
    lastTime = now
    timeText = timeToText(now)
    chance = draw() * 128
  }
  // A step of chance, too: nobody can tell the next id from the last. Thousands of them fit into a millisecond.
  chance = (chance + 1 + (draw() >>> 4)) % 2 ** 40
  const high = Math.floor(chance / 2 ** 20)
  const low = chance % 2 ** 20
  return timeText + PAIRS[high >> 10] + PAIRS[high & 1023] + PAIRS[low >> 10] + PAIRS[low & 1023]
}

function timeToText(time: number): string {
  let text = ''
  for (let rest = time; text.length < TIME_LENGTH; rest = Math.floor(rest / 32))
    text = ALPHABET.charAt(rest % 32) + text
  return text
}

/** Makes fresh ids; passed to whoever needs one so that tests can choose them. */
export type NewId = () => string

function idFromHash(text: string): string {
  return toBase32(hash('sha256', text, 'buffer'), ID_LENGTH)
}

/**
 * The id of a zone first told of by `source` under `ref`. Derived, not drawn: importing the same file into any database,
 * now or after a restore, gives the same addresses.
 */
export function zoneIdFor(source: string, ref: string): string {
  return idFromHash(`${source}\n${ref}`)
}

/** The id of the rider behind a device secret. One way: the secret cannot be had back from it. */
export function riderIdFor(secret: string): string {
  return idFromHash(`rider\n${secret}`)
}

/**
 * The id of what an earlier installation called `ref`, the same however often it is brought. Hashed unlike a device secret: no
 * device can be such a rider.
 */
export function legacyIdFor(kind: 'rider' | 'report', source: string, ref: string): string {
  return idFromHash(`legacy ${kind}\n${source}\n${ref}`)
}

const FINGERPRINT_LENGTH = 22

/** The first 132 bits of SHA-256 as base64url, for payloads and keys: two that differ never meet, and indexes stay small. */
export function fingerprint(text: string): string {
  return hash('sha256', text, 'base64url').slice(0, FINGERPRINT_LENGTH)
}

/** A secret that nobody can guess, for a rider who brought none or for the service: 32 random bytes as base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** A key for a feed: 256 bits of chance, with a prefix by which a scanner for secrets knows it. */
export function newFeedKey(): string {
  return `ks_feed_${randomBytes(32).toString('base64url')}`
}

/** SHA-256 as base64url: what is stored of a key. Enough for one of pure chance, which no list of guesses holds. */
export function hashOfKey(key: string): string {
  return hash('sha256', key, 'base64url')
}
