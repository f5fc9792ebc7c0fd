import { crc32 } from 'node:zlib'
import { newSecret } from '#platform/ids.ts'

/** A prefix by which secret scanners recognise a token. */
const PREFIX = 'ks_live_'
/** The prefix of feed keys from before they became tokens. These keys still work. */
const FORMER_PREFIX = 'ks_feed_'

/** A new token: 256 random bits and their CRC-32, so that a mistyped token is detected without a database query. */
export function newTokenText(): string {
  const random = newSecret()
  return `${PREFIX}${random}_${checksum(random)}`
}

/** Whether a text has the form of a token, its checksum included. */
export function isTokenText(text: string): boolean {
  if (text.startsWith(FORMER_PREFIX)) return true
  const [, random = '', sum] = /^ks_live_([\w-]{43})_([0-9a-f]{8})$/.exec(text) ?? []
  return random !== '' && sum === checksum(random)
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
