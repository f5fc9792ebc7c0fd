export const BLOCK = 512

/** A file in an archive, or an entry that says something of the next one (`long-name`, `pax`). `size`: bytes of content. */
export type TarEntry = {
  readonly kind: 'file' | 'folder' | 'link' | 'long-name' | 'pax' | 'ignored' | 'other'
  readonly name: string
  readonly size: number
}

const KINDS: Readonly<Record<string, TarEntry['kind']>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'link',
  '2': 'link',
  '5': 'folder',
  L: 'long-name',
  K: 'ignored',
  x: 'pax',
  g: 'ignored',
}

/** Parses a header of POSIX ustar and GNU tar; `end` for the block of zeros at the end, null for anything else. */
export function readTarHeader(block: Buffer): TarEntry | 'end' | null {
  if (block.every((byte) => byte === 0)) return 'end'
  const size = sizeOf(block)
  if (octal(block, 148, 8) !== checksumOf(block) || size === null) return null
  const isUstar = block.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = isUstar ? text(block, 345, 155) : ''
  const name = text(block, 0, 100)
  const kind = KINDS[String.fromCodePoint(block[156] ?? 0)] ?? 'other'
  return { kind, name: prefix === '' ? name : `${prefix}/${name}`, size }
}

/** The `path` and `size` of a pax header (POSIX.1-2001), which replace those of the next entry. */
export function readPax(content: string): { readonly path: string | null; readonly size: number | null } {
  const path = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(content)?.[1] ?? null
  const size = /(?:^|\n)\d+ size=(\d{1,15})\n/.exec(content)?.[1]
  return { path, size: size === undefined ? null : Number(size) }
}

function text(block: Buffer, from: number, length: number): string {
  const part = block.subarray(from, from + length)
  const end = part.indexOf(0)
  return part.toString('utf8', 0, end < 0 ? length : end)
}

function octal(block: Buffer, from: number, length: number): number | null {
  const digits = text(block, from, length).trim()
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null
}

/** In octal digits; GNU tar writes larger numbers in binary, of which the first bit is set. */
function sizeOf(block: Buffer): number | null {
  if ((block[124] ?? 0) < 0x80) return octal(block, 124, 12)
  const high = block.readUInt32BE(128)
  return high > 0xffff ? null : high * 2 ** 32 + block.readUInt32BE(132)
}

/** The sum of all bytes, with those of the checksum itself as spaces. */
function checksumOf(block: Buffer): number {
  let sum = 0
  for (const [at, byte] of block.entries()) sum += at >= 148 && at < 156 ? 0x20 : byte
  return sum
}
