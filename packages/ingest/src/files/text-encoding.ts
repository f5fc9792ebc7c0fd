import { isAscii, isUtf8 } from 'node:buffer'
import type { FeedFile } from './feed-file.ts'

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof ENCODINGS)[number]

const UTF8_BOM = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * The encoding of the first bytes: from a byte order mark, the zeros of UTF-16, or an XML declaration. Null where they
 * do not show it.
 */
export function encodingOfHead(head: Buffer): Encoding | null {
  if (head.subarray(0, 3).equals(UTF8_BOM)) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  if (head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0) return 'utf-16le'
  if (head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0) return 'utf-16be'
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w-]+)/
    .exec(head.toString('latin1', 0, 200))?.[1]
    ?.toLowerCase()
  return declared !== undefined && /^(?:iso-?8859-1|windows-1252|latin-?1)$/.test(declared) ? 'windows-1252' : null
}

/**
 * The encoding of a text file, with a note on damaged characters. If the first bytes do not show it, the whole file is
 * checked: bytes that are not UTF-8 make it Windows-1252 (the superset of Latin-1 that old exports use), unless most of
 * its non-ASCII characters are valid UTF-8.
 */
export async function encodingOf(file: FeedFile): Promise<{ encoding: Encoding; note: string | null }> {
  const declared = encodingOfHead(file.head)
  if (declared !== null && declared !== 'utf-8') return { encoding: declared, note: null }
  const { bad, good } = await countUtf8(file)
  if (bad === 0) return { encoding: 'utf-8', note: null }
  if (declared === null && bad > good) {
    return { encoding: 'windows-1252', note: 'The file is not in UTF-8; it was read as Windows-1252 (Latin-1).' }
  }
  return { encoding: 'utf-8', note: `${bad} characters of the file are damaged; they are kept as �.` }
}

async function countUtf8(file: FeedFile): Promise<{ bad: number; good: number }> {
  let carry: Buffer = Buffer.alloc(0)
  let bad = 0
  let good = 0
  for await (const chunk of file.bytes()) {
    const all = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    const cut = all.length - unfinished(all)
    const whole = all.subarray(0, cut)
    carry = Buffer.from(all.subarray(cut))
    if (isUtf8(whole)) {
      if (good === 0 && !isAscii(whole)) good = 1
      continue
    }
    for (const character of whole.toString('utf8')) {
      if (character === '\uFFFD') bad += 1
      else if (character > '\u007F') good += 1
    }
  }
  return { bad, good }
}

/** Length of an incomplete character at the end. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0xc0) return back
    if ((byte & 0x80) === 0) return 0
  }
  return 0
}

/** The file's text as UTF-8 bytes without a byte order mark. */
export async function* utf8Of(file: FeedFile, encoding: Encoding): AsyncGenerator<Buffer, void, undefined> {
  if (encoding === 'utf-8') {
    let first = true
    for await (const chunk of file.bytes()) {
      yield first && chunk.subarray(0, 3).equals(UTF8_BOM) ? chunk.subarray(3) : chunk
      first = false
    }
    return
  }
  for await (const text of textOf(file, encoding)) yield Buffer.from(text, 'utf8')
}

/** The file's text, in chunks that never split a character. */
export async function* textOf(file: FeedFile, encoding: Encoding): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of file.bytes()) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}
