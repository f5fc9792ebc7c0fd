import { clip, DomainError } from '@kickstand/domain'
import type { FeedFile } from './feed-file.ts'
import { encodingOfHead } from './text-encoding.ts'

/** What a file is by its content. `json` stands for every kind that only its structure tells apart. */
export type Sniffed = 'osm-pbf' | 'json' | 'json-lines' | 'kml' | 'datex2' | 'rss' | 'csv'

/** Begins each text of RFC 8142's sequences. */
const RECORD_SEPARATOR = '\u001E'

/**
 * Tells what a file is from its first bytes, whatever it is called. Throws `unreadable-file` with what it seems to be and
 * what to do, for everything that cannot be imported, and `incomplete-file` for a file that is truncated before its first object.
 */
export function sniff(file: FeedFile): Sniffed {
  if (isPbf(file.head)) return 'osm-pbf'
  if (file.head[0] === 0x50 && file.head[1] === 0x4b) {
    throw unreadable(
      file,
      'is a zip archive (a KMZ, a shapefile or a spreadsheet). Unpack it and import the file inside',
    )
  }
  const encoding = encodingOfHead(file.head) ?? 'utf-8'
  const text = new TextDecoder(encoding).decode(file.head).trimStart()
  if (text.startsWith('<')) return sniffXml(file, text)
  if (/^[{[]/.test(text) || text.startsWith(RECORD_SEPARATOR)) return isJsonLines(text) ? 'json-lines' : 'json'
  if (/(?![\t\n\f\r])\p{Cc}/u.test(text.slice(0, 4096))) {
    throw unreadable(file, 'is a binary file of a kind that is not known. Expected OSM PBF, JSON, KML or CSV')
  }
  const header = text.split(/\r?\n|\r/, 1)[0] ?? ''
  if (/[,;\t|]/.test(header)) return 'csv'
  throw unreadable(file, 'is plain text without columns. Expected OSM PBF, Overpass JSON, GeoJSON, KML or CSV')
}

/** A PBF begins with the length of a header that names its block "OSMHeader". */
function isPbf(head: Buffer): boolean {
  if (head.length < 16) return false
  const length = head.readUInt32BE(0)
  return length < 65_536 && head.subarray(4, 4 + Math.min(length, 64)).includes('OSMHeader')
}

function sniffXml(file: FeedFile, text: string): Sniffed {
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html)\b/i.test(text)) {
    const overpass = overpassError(text)
    if (overpass !== null)
      throw incomplete(file, `is an error of Overpass, not data: "${overpass}". Ask again later or for a smaller area`)
    throw unreadable(file, 'is a web page, not data: the download probably met an error or a login. Fetch it again')
  }
  const root = /<(?:\w+:)?(\w+)[\s>/]/.exec(text.replace(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!doctype[^>]*>/gi, ''))?.[1]
  if (root === 'kml') return 'kml'
  // Its root has many names, from one version and profile to the next; its namespace says what it is.
  if (/\bdatex2\.eu\/schema\//.test(text)) return 'datex2'
  if (root === 'rss') return 'rss'
  if (root === 'osm') {
    throw unreadable(file, 'is OSM XML. Convert it with `osmium cat -o out.osm.pbf`, or ask Overpass for JSON')
  }
  if (root === undefined) throw incomplete(file, 'is XML that breaks off before its first element. Download it again')
  throw unreadable(
    file,
    `is XML of a kind that is not known (<${root ?? '?'}>). Of XML only KML and DATEX II can be imported`,
  )
}

/** A line that is a whole JSON object, with something after it. */
function isJsonLines(text: string): boolean {
  if (text.startsWith(RECORD_SEPARATOR)) return true
  const end = text.indexOf('\n')
  if (end < 0 || text.slice(end).trim() === '') return false
  try {
    const first: unknown = JSON.parse(text.slice(0, end))
    return typeof first === 'object' && first !== null && !Array.isArray(first)
  } catch {
    return false
  }
}

/** The error message in a web page that Overpass sends instead of data; null for any other page. */
function overpassError(text: string): string | null {
  if (!/OSM3S Response|Overpass API/i.test(text)) return null
  const message = /<p><strong[^>]*>Error<\/strong>:?\s*([\s\S]*?)<\/p>/i.exec(text)?.[1] ?? 'no data'
  return clip(message.replaceAll(/<[^>]*>|\s+/g, ' ').trim(), 200)
}

/** The error for a file that is truncated before its first object. */
export function incomplete(file: { readonly name: string }, what: string): DomainError {
  return new DomainError('incomplete-file', `${file.name} ${what}.`)
}

export function unreadable(file: { readonly name: string }, what: string): DomainError {
  return new DomainError('unreadable-file', `${file.name} ${what}.`)
}
