import { hash, randomBytes } from 'node:crypto'

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

/** A fresh random id: 13 characters of Crockford's base 32 in lower case, 65 bits. */
export function newId(): string {
  return toBase32(randomBytes(9), ID_LENGTH)
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

/** SHA-256 as hex, for fingerprints of payloads. */
export function fingerprint(text: string): string {
  return hash('sha256', text, 'hex')
}

/** A device secret for a rider who brought none: 32 random bytes as base64url. */
export function newRiderSecret(): string {
  return randomBytes(32).toString('base64url')
}
